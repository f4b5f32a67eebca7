import { setTimeout } from 'node:timers/promises';
import { randomTensor } from '@strata/trials';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import * as js from '../src/doors/js.js';
import * as wasm from '../src/doors/wasm.js';
import { buildBlock } from './support/block.js';
import { checkOutputs, makeCase } from './support/case.js';

// Keeps the library from advertising another package when somebody else's part of these tests runs.
tf.env().set('PROD', true);

it('runs two devices, and two of one device, at the same time without mixing them', async () => {
  const block = makeCase((layers) => buildBlock(layers, [2, 3, 24, 20]), 1);
  const backends = await Promise.all([
    js.createBackend(),
    wasm.createBackend(),
    wasm.createBackend(),
    js.createBackend(),
  ]);
  const executables = await Promise.all(backends.map((backend) => backend.compile(block.graph, block.weights)));
  const runs = Array.from({ length: 24 }, (_, index) => {
    const inputs = { x: randomTensor([2, 3, 24, 20], index) };
    return { inputs, outputs: executables[index % executables.length].run(inputs) };
  });
  for (const { inputs, outputs } of runs) checkOutputs({ ...block, inputs }, await outputs);
  await backends[1].dispose();
  checkOutputs(block, await executables[2].run(block.inputs));
  await Promise.all(backends.map((backend) => backend.dispose()));
  // The library's state is as if nobody had been there.
  expect(tf.engine().backendName).toBeUndefined();
});

it("leaves another user's tfjs alone, even while both work, and inside that user's scope", async () => {
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  const block = makeCase((layers) => buildBlock(layers, [1, 3, 24, 20]), 2);
  const before = tf.memory().numTensors;
  const mine = tf.tensor1d([1, 2, 3]);
  const backend = await wasm.createBackend();
  expect(tf.getBackend()).toBe('cpu');
  tf.engine().startScope();
  const executable = await backend.compile(block.graph, block.weights);
  const running = executable.run(block.inputs);
  const sum = tf.add(mine, mine);
  await setTimeout(1);
  expect(tf.getBackend()).toBe('cpu');
  expect(await sum.data()).toEqual(Float32Array.of(2, 4, 6));
  checkOutputs(block, await running);
  tf.engine().endScope();
  checkOutputs(block, await executable.run(block.inputs));
  await backend.dispose();
  mine.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it("restores the kernels of another user's wasm backend", async () => {
  const theirs = await tf.findBackendFactory('wasm')();
  if (!(theirs instanceof tf.KernelBackend)) throw new Error('not a backend');
  tf.registerBackend('theirs', () => theirs);
  tf.copyRegisteredKernels('wasm', 'theirs');
  await tf.setBackend('theirs');
  const x = tf.tensor1d([1, -2, 3]);
  const block = makeCase((layers) => buildBlock(layers, [1, 3, 9, 8]), 3);
  const backend = await wasm.createBackend();
  const executable = await backend.compile(block.graph, block.weights);
  checkOutputs(block, await executable.run(block.inputs));
  expect(await tf.relu(x).data()).toEqual(Float32Array.of(1, 0, 3));
  await backend.dispose();
  expect(await tf.relu(x).data()).toEqual(Float32Array.of(1, 0, 3));
  tf.removeBackend('theirs');
});
