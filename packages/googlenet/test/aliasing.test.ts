import { type Backend, defineBackend, nodesOf, tensor, type Weights } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import { writeSafetensors } from '@strata/formats/safetensors';
import { describe, expect, it } from 'vitest';
import { buildGoogLeNet, loadGoogLeNet } from '../src/index.js';

/** A backend of which only the weights that it is given are of interest. */
function collecting() {
  const given: Weights[] = [];
  const { report } = createReferenceBackend();
  const backend: Backend = defineBackend({
    report,
    passes: [],
    gapOf: () => undefined,
    release: () => {},
    async prepare({ weights, graph }) {
      given.push(weights);
      return {
        execute: async ({ picture }) =>
          Object.fromEntries(graph.outputs.map((name) => [name, { ...picture, data: picture.data.slice() }])),
        release: () => {},
      };
    },
  });
  return { backend, given };
}

const first = 5678;

function checkpoint(): Record<string, ReturnType<typeof tensor>> {
  return Object.fromEntries(
    nodesOf(buildGoogLeNet('seed'), 'parameter').map(({ name, attributes: { shape } }) => [
      name,
      tensor(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(first)),
    ]),
  );
}

describe('what the caller gave to loadGoogLeNet', () => {
  it.each(['bytes', 'a buffer', 'tensors'])('may be changed as soon as the promise is there: %s', async (kind) => {
    const tensors = checkpoint();
    const bytes = writeSafetensors(tensors);
    const buffer = bytes.slice().buffer;
    const weights = kind === 'bytes' ? bytes : kind === 'tensors' ? tensors : buffer;
    const labels = [...'abcdefghij'];
    const input = [1, 64, 64];
    const { backend, given } = collecting();
    const loading = loadGoogLeNet({ backend, weights, labels, input });
    bytes.fill(0);
    new Uint8Array(buffer).fill(0);
    for (const name of Object.keys(tensors)) tensors[name].data.fill(0);
    labels.reverse();
    input.fill(7);
    const net = await loading;
    await net.run(tensor([1, 1, 64, 64], new Float32Array(4096)), { outputs: ['conv1'] }).catch(() => {});
    expect(given.map(({ 'conv1.weight': { data } }) => data[0])).toEqual([first, first]);
    expect([net.labels[0], net.inputShape]).toEqual(['a', [1, 64, 64]]);
  });
});
