import { LayerBuilder } from '@strata/core';
import { type InferenceSession, Tensor } from 'onnxruntime-common';
import { expect, it } from 'vitest';
import { openProgram } from '../src/runtime/program.js';

it('fixes open sizes by the names that they have in the model, whatever the graph calls them', async () => {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['__proto__', 'a\u0000b', 'width']);
  const graph = layers.build([layers.relu('y', x)]);
  let asked: InferenceSession.SessionOptions | undefined;
  const create = async (_: Uint8Array, options?: InferenceSession.SessionOptions) => {
    asked = options;
    throw new Error('seen');
  };
  const freeDimensionOverrides = Object.fromEntries([
    ['__proto__', 2],
    ['a\u0000b', 3],
    ['width', 4],
  ]);
  const opening = openProgram(
    { InferenceSession: { create }, Tensor },
    { graph, weights: {} },
    { freeDimensionOverrides },
  );
  await expect(opening).rejects.toThrow('seen');
  expect(asked?.freeDimensionOverrides).toEqual({ '__proto__:renamed': 2, 'a_b:renamed': 3, width: 4 });
});
