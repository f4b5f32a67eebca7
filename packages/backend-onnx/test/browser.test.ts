import { resolve } from 'node:path';
import { chromiumHint, findChromium, type OpenPage, openPage } from '@strata/browser';
import { initialiseWeights, LayerBuilder, type Tensor, tensor } from '@strata/core';
import { compareOutputs, formatDisagreement, interpret } from '@strata/core/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, openPageBackend } from './support/page-backend.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

const inputs = { x: waves([1, 4, 9, 11]) };
const { graph, weights } = buildBlock();

describe.skipIf(missing)('webgpu in Chromium', { timeout: 120_000 }, () => {
  let page: OpenPage;
  let backend: Awaited<ReturnType<typeof openPageBackend>>;
  beforeAll(async () => {
    page = await openPage({ entry: resolve(import.meta.dirname, 'fixtures/page.ts'), webgpu: true });
    backend = await openPageBackend(page, { device: 'webgpu' });
  });
  afterAll(async () => {
    await backend?.dispose();
    await page?.close();
  });

  const agree = async () => {
    const executable = await backend.compile(graph, weights);
    const outputs = await executable.run(inputs);
    await executable.dispose();
    const judged = interpret(graph, weights, inputs);
    for (const [name, agreement] of compareOutputs(judged, outputs)) {
      if (agreement.failed > 0) throw new Error(formatDisagreement(agreement, name));
    }
  };

  it('reports the adapter, and a software adapter as one', () => {
    expect(backend.report).toMatchObject({
      device: 'webgpu',
      library: { name: 'onnxruntime-web', version: expect.stringMatching(/^1\.\d+/) },
      adapter: expect.stringMatching(/swiftshader/i),
      software: true,
      precision: 'float32',
    });
    expect(backend.report.threads).toBeUndefined();
  });

  it('computes on the GPU: the page counts its dispatches', async () => {
    const before = await call<number>(page, 'dispatches');
    await agree();
    expect(await call<number>(page, 'dispatches')).toBeGreaterThan(before + 5);
  });

  it('lets two backends run at the same time, one of them on a device of the caller', async () => {
    const other = await openPageBackend(page, 'own device');
    const nets = [await backend.compile(graph, weights), await other.compile(graph, weights)];
    const alone = await nets[0].run(inputs);
    const plain = { x: { shape: inputs.x.shape, data: Array.from(inputs.x.data) } };
    const together = await call<Record<string, { data: number[] }>[]>(
      page,
      'runTogether',
      [nets[0].id, nets[1].id, nets[0].id],
      plain,
    );
    for (const { y } of together) expect(y.data).toEqual(Array.from(alone.y.data));
    await other.dispose();
    expect((await nets[0].run(inputs)).y).toEqual(alone.y);
    await nets[0].dispose();
  });

  it('rejects when the device is lost, and rebuilds for the next run', async () => {
    const net = await backend.compile(graph, weights);
    const before = await net.run(inputs);
    expect(['a result', expect.stringContaining('lost')]).toContainEqual(await net.loseDuring(inputs));
    await expect
      .poll(() => net.run(inputs).catch((error: Error) => error.message), { timeout: 30_000 })
      .toEqual(before);
    await net.dispose();
  });

  it('says so where there is no WebNN', async () => {
    await expect(openPageBackend(page, { device: 'webnn' })).rejects.toThrow(/onnx\/webnn: this browser has no WebNN/);
  });

  it('is not chosen by auto where it is software', async () => {
    const chosen = await openPageBackend(page, {});
    expect(chosen.report).toMatchObject({ device: 'wasm', software: false });
    expect(chosen.report.passedOver).toContainEqual({ device: 'webgpu', reason: expect.stringContaining('software') });
    await chosen.dispose();
  });
});

function buildBlock() {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 4, 'height', 'width']);
  const a = layers.conv2d('a', x, { filters: 5, window: 3, padding: 1, activation: 'relu' });
  const pool = layers.maxPool2d('p', x, { window: 3, stride: 1, padding: 1 });
  const both = layers.concat('both', [a, layers.conv2d('b', pool, { filters: 3, window: 1 })]);
  const graph = layers.build([layers.lrn('y', both, { size: 5 })]);
  return { graph, weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 2 }) };
}

function waves(shape: readonly number[]): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(
    shape,
    Array.from({ length: count }, (_, i) => Math.sin(i * 1.7)),
  );
}
