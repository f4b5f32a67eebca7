import { readdirSync } from 'node:fs';
import { type Backend, computeKinds } from '@strata/core';
import { compareOutputs, formatDisagreement, interpret } from '@strata/core/reference';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { betweenConvolutions, plans, type Trial, trials } from './arbitraries.js';
import { devices } from './support/devices.js';

/** A GPU in software is slow; the conformance suite has the rest. */
const RUNS = { native: 100, wasm: 40, webgpu: 5 };

describe.each(devices)('%s agrees with the reference', (device) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createBackend({ device });
  });
  afterAll(() => backend.dispose());

  const agree = async ({ graph, weights, inputs, wide }: Trial) => {
    const executable = await backend.compile(graph, weights);
    try {
      const outputs = await executable.run(inputs);
      const judged = interpret(graph, weights, inputs, { structured: wide });
      for (const [name, agreement] of compareOutputs(judged, outputs)) {
        if (agreement.failed > 0) throw new Error(formatDisagreement(agreement, name));
      }
    } finally {
      await executable.dispose();
    }
  };

  it.each(Object.entries(plans))(
    'on %s',
    (_, plan) => fc.assert(fc.asyncProperty(trials(plan), agree), { numRuns: RUNS[device] }),
    120_000,
  );

  it.each(['maxPool2d', 'avgPool2d', 'lrn', 'batchNorm', 'globalAvgPool'] as const)(
    'on %s between convolutions',
    (op) => fc.assert(fc.asyncProperty(trials(betweenConvolutions(plans[op])), agree), { numRuns: RUNS[device] / 5 }),
    120_000,
  );
});

it('has a lowering in a file of its own for every op, named as in core', () => {
  const files = new Set(readdirSync(new URL('../src/lowerings/', import.meta.url)));
  const missing = computeKinds.filter((kind) => !files.has(`${kind.replace(/(?=[A-Z])/g, '-').toLowerCase()}.ts`));
  expect(missing).toEqual([]);
  expect(Object.keys(plans)).toEqual(computeKinds);
});
