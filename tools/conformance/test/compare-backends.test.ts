import { type Backend, defineBackend, type Tensor } from '@strata/core';
import { createReferenceBackend, interpret } from '@strata/core/reference';
import { expect, it } from 'vitest';
import { compareBackends } from '../src/check/compare-backends.js';
import { targets } from '../src/targets.js';

const options = { runs: 60, seed: 3 };

/** A backend that answers with the reference's numbers, the last picture of a batch left at zero. */
function forgetful(): Backend {
  const { report } = createReferenceBackend();
  return defineBackend({
    report: { ...report, backend: 'forgetful' },
    gapOf: () => undefined,
    passes: [],
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) =>
        Object.fromEntries(
          [...interpret(graph, weights, inputs)].map(([name, { shape, value }]): [string, Tensor] => {
            const kept = shape[0] > 1 ? value.length - value.length / shape[0] : value.length;
            return [name, { shape, dtype: 'float32', data: Float32Array.from(value, (x, i) => (i < kept ? x : 0)) }];
          }),
        ),
      release: () => {},
    }),
    release: () => {},
  });
}

it('finds no difference between two right backends', async () => {
  const reference = createReferenceBackend();
  const target = targets.find(({ backend, device }) => backend === 'onnx' && device === 'wasm');
  const other = await target?.open();
  if (other === undefined) throw new Error('onnx/wasm is not among the targets');
  const result = await compareBackends(reference, other, options);
  expect(result.failure).toBeUndefined();
  expect(result).toMatchObject({ backend: 'reference', op: 'graph against onnx/wasm', checked: 60, blamed: [] });
  await reference.dispose();
  await other.dispose();
});

it.each(['first', 'second'])('names the wrong backend when it comes %s, on the smallest graph', async (place) => {
  const [right, wrong] = [createReferenceBackend(), forgetful()];
  const result = await (place === 'first'
    ? compareBackends(wrong, right, options)
    : compareBackends(right, wrong, options));
  expect(result.failed).toBe(1);
  expect(result.blamed).toEqual(['forgetful/js']);
  // The fault needs two pictures and nothing else: one step and the relu at the end.
  expect(result.failure?.graph.split('\n').length).toBeLessThanOrEqual(6);
  expect(result.failure?.details).toContain('forgetful/js against the reference');
  await right.dispose();
  await wrong.dispose();
});
