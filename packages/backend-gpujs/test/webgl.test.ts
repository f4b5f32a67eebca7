import { type Backend, LayerBuilder } from '@strata/core';
import { failureOf, randomTensor, randomWeights, trialSubjects } from '@strata/trials';
import { afterAll, describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { expectReference } from './support/check.js';

const opened: Backend | Error = await createBackend({ device: 'webgl' }).catch((error: Error) => error);

if (opened instanceof Error) {
  console.warn(`Left out: gpujs on OpenGL in Node. ${opened.message}`);
  describe.skip('webgl (no OpenGL context here)');
} else {
  describe(`webgl (${opened.report.adapter})`, () => {
    afterAll(() => opened.dispose());
    behaviour(opened);
  });
}

function behaviour(backend: Backend): void {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 4, 'height', 'width']);
  const a = layers.conv2d('a', x, { filters: 5, window: 3, padding: 1, activation: 'relu' });
  const graph = layers.build([layers.concat('y', [a, x])]);
  const weights = randomWeights(graph, 1);
  const inputs = { x: randomTensor([1, 4, 6, 7], 2) };

  it('names the renderer under ANGLE, and reports a software renderer as one', () => {
    const { adapter, software } = backend.report;
    expect(adapter).toMatch(/^ANGLE \(.+\)$/);
    expect(software).toBe(/llvmpipe|softpipe|swiftshader/i.test(adapter ?? ''));
  });

  it('lives beside a second one, and outlives it', async () => {
    const before = Object.getOwnPropertyNames(globalThis).sort();
    const other = await createBackend({ device: 'webgl' });
    await expectReference(other, graph, inputs, weights);
    await other.dispose();
    await expectReference(backend, graph, inputs, weights);
    expect(Object.getOwnPropertyNames(globalThis).sort()).toEqual(before);
  });

  it('reads values of the same shape that are laid out differently on the device', async () => {
    const relus = new LayerBuilder();
    const first = relus.relu('first', relus.batchNorm('norm', relus.input('x', [1, 2, 1, 3])));
    const last = relus.relu('last', relus.softmax('shares', first, { axis: 1 }));
    const joined = relus.build([last]);
    await expectReference(backend, joined, { x: randomTensor([1, 2, 1, 3], 7) }, randomWeights(joined, 1));
  });

  it('gives concurrent calls of two networks their own results', async () => {
    const nets = await Promise.all([backend.compile(graph, weights), backend.compile(graph, weights)]);
    const drawn = [3, 4, 5, 6].map((seed) => ({ x: randomTensor([1, 4, 5 + (seed % 2), 9], seed) }));
    const serial = [];
    for (const input of drawn) serial.push(await nets[0].run(input));
    expect(await Promise.all(drawn.map((input, i) => nets[i % 2].run(input)))).toEqual(serial);
    await Promise.all(nets.map((net) => net.dispose()));
  });

  // A GPU in software is slow; the conformance suite has the rest.
  it.each(trialSubjects)('agrees with the reference on %s', async (subject) => {
    expect(await failureOf(backend, subject, 1)).toBe('');
  });
}
