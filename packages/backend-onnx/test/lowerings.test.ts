import { readdirSync } from 'node:fs';
import { type Backend, type ComputeKind, computeKinds } from '@strata/core';
import { operatorTable } from '@strata/formats/onnx';
import { failureOf, failureOfOwnership, trialSubjects } from '@strata/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { loweringTable } from '../src/lowerings/lowering-table.js';
import { devices } from './support/devices.js';

/** A GPU in software is slow; the conformance suite has the rest. */
const RUNS = { native: 35, wasm: 25, webgpu: 3 };

describe.each(devices)('%s agrees with the reference', (device) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createBackend({ device });
  });
  afterAll(() => backend.dispose());

  it('keeps nothing of the caller, and gives nothing of its own away', async () => {
    expect(await failureOfOwnership(backend)).toBe('');
  });

  it.each(trialSubjects)('on %s', async (subject) => {
    expect(await failureOf(backend, subject, RUNS[device])).toBe('');
  });
});

it('has each lowering of its own in a file, named as in core', () => {
  const fileOf = (kind: ComputeKind) => `${kind.replace(/(?=[A-Z])/g, '-').toLowerCase()}.ts`;
  const own = computeKinds.filter((kind) => loweringTable[kind] !== operatorTable[kind]).map(fileOf);
  const files = readdirSync(new URL('../src/lowerings/', import.meta.url)).filter((name) => name.endsWith('.ts'));
  expect(files.sort()).toEqual([...own, 'lowering-table.ts'].sort());
});
