import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Backend, computeKinds, defineBackend, InputError, type Tensor } from '@strata/core';
import { createReferenceBackend, interpret } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { generators } from '../src/generators/table.js';
import { knownTrials } from '../src/known-trials.js';
import { laws } from '../src/laws/index.js';
import { countTrials, failureOf, trialSubjects, trySubject } from '../src/subjects.js';

const { relu: _, ...allButOne } = generators;
// @ts-expect-error: a new op of core's table that has no trials here does not compile.
export const incomplete: typeof generators = allButOne;

/** A backend that gives the reference's numbers, each a millionth too large, and refuses lrn. */
function careless(): Backend {
  return defineBackend({
    report: { ...createReferenceBackend().report, backend: 'careless' },
    gapOf: ({ op }) => (op === 'lrn' ? 'no powers here' : undefined),
    passes: [],
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) =>
        Object.fromEntries(
          [...interpret(graph, weights, inputs)].map(([name, { shape, value }]): [string, Tensor] => [
            name,
            { shape, dtype: 'float32', data: Float32Array.from(value, (x) => x * (1 + 1e-6)) },
          ]),
        ),
      release: () => {},
    }),
    release: () => {},
  });
}

describe('the subjects', () => {
  it('are every op of core, random graphs, odd names, twins, programs, every law and every known trap', () => {
    expect(trialSubjects).toEqual([
      ...computeKinds,
      'graph',
      'names',
      'twins',
      'stateful',
      ...laws.map(({ name }) => `law: ${name}`),
      ...Object.keys(knownTrials).map((name) => `known: ${name}`),
    ]);
  });

  it('get as many trials as asked for; graphs twice as many, programs and laws a quarter', () => {
    const subjects = ['conv2d', 'graph', 'stateful', 'law: conv2d is linear'];
    expect(subjects.map((subject) => countTrials(subject, 10))).toEqual([10, 20, 3, 3]);
  });

  it.each(trialSubjects)('%s is right on the reference', async (subject) => {
    expect(await failureOf(createReferenceBackend(), subject, 20)).toBe('');
  });

  it('tell a wrong result with the line that replays it, and a refused trial with its reason', async () => {
    const backend = careless();
    expect(await failureOf(backend, 'relu', 20)).toMatch(
      /^careless\/js: relu disagrees with the reference.*replay: npm run conformance -- --backend careless --device js --op relu --seed/s,
    );
    expect(await failureOf(backend, 'lrn', 20)).toBe('20 trials were refused: lrn: no powers here');
  });

  it('of an unknown name are an error', async () => {
    await expect(trySubject(createReferenceBackend(), 'law: none')).rejects.toThrow(InputError);
  });
});

describe('every package of a backend', () => {
  const packages = resolve(import.meta.dirname, '../../../packages');
  const backends = readdirSync(packages).filter((name) => name.startsWith('backend-'));

  it.each(backends)('%s tries all subjects in its own tests, so a new op runs there at once', (name) => {
    const folder = join(packages, name, 'test');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const tries = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes('it.each(trialSubjects)'));
    expect(tries).not.toEqual([]);
  });
});
