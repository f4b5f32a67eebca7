import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromiumHint, findChromium, type OpenPage, openPage } from '@strata/browser';
import type { BackendOptions } from '@strata/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBlock } from './support/block.js';
import { checkOutputs, makeCase } from './support/case.js';
import { call, openRemote } from './support/remote.js';

const DEVICES = ['webgl', 'webgpu', 'wasm', 'js'] as const;

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)('in Chromium', { timeout: 300_000 }, () => {
  let opened: OpenPage | undefined;
  const page = () => {
    if (opened === undefined) throw new Error('the page did not open');
    return opened;
  };
  const open = (options: BackendOptions) => openRemote(page(), options);
  beforeAll(async () => {
    opened = await openPage({ entry: resolve(import.meta.dirname, 'browser/page.ts'), webgpu: true });
  });
  afterAll(() => opened?.close());

  const block = makeCase((layers) => buildBlock(layers, [1, 3, 8, 9]), 1);

  for (const device of DEVICES) {
    it(`${device}: a block of layers, without a tensor, texture or buffer left behind`, async () => {
      const before = await call<number>(page(), 'numTensors');
      const backend = await open({ device });
      const onGpu = await call<number>(page(), 'numOnGpu');
      for (let round = 0; round < 3; round++) {
        const executable = await backend.compile(block.graph, block.weights);
        checkOutputs(block, await executable.run(block.inputs));
        checkOutputs(block, await executable.run(block.inputs));
        if (['webgl', 'webgpu'].includes(device)) {
          expect(await call<number>(page(), 'numOnGpu')).toBeGreaterThan(onGpu);
        }
        await executable.dispose();
        expect(await call<number>(page(), 'numTensors')).toBe(before);
        expect(await call<number>(page(), 'numOnGpu')).toBe(onGpu);
      }
      await backend.dispose();
    });
  }

  it.each(['webgl', 'webgpu'])('%s: is software here, and computes small tensors itself', async (device) => {
    const backend = await open({ device });
    expect(backend.report.adapter).toMatch(/swiftshader/i);
    expect(backend.report.software).toBe(true);
    const tiny = makeCase((layers) => {
      const x = layers.input('x', [1, 2, 1, 2]);
      const doubled = layers.add('doubled', x, x);
      return layers.concat('y', [layers.relu('positive', doubled), doubled], { axis: 1 });
    }, 2);
    const executable = await backend.compile(tiny.graph, tiny.weights);
    checkOutputs(tiny, await executable.run(tiny.inputs));
    // add, relu and concat at the least; by default the library computes such tensors on the CPU.
    expect(await call<number>(page(), 'dispatches')).toBeGreaterThanOrEqual(3);
    await backend.dispose();
  });

  it.each(['webgl', 'webgpu'])('%s: a convolution of one pixel reads no garbage beside it', async (device) => {
    const backend = await open({ device });
    const pixel = makeCase((layers) => {
      const normalised = layers.batchNorm('n', layers.input('x', [1, 1, 1, 1]));
      // Seen from outside, so that no pass folds the batch norm into the convolution.
      return [normalised, layers.conv2d('y', normalised, { filters: 1, window: 1, activation: 'relu' })];
    }, 3);
    const executable = await backend.compile(pixel.graph, pixel.weights);
    checkOutputs(pixel, await executable.run(pixel.inputs));
    await backend.dispose();
  });

  it.each(['webgl', 'webgpu'])('%s: rebuilds after its device was lost', async (device) => {
    const before = await call<number>(page(), 'numTensors');
    const backend = await open({ device });
    const executable = await backend.compile(block.graph, block.weights);
    checkOutputs(block, await executable.run(block.inputs));
    expect(await executable.loseDuring(block.inputs)).toMatch(/DeviceError DEVICE: .* was lost/);
    checkOutputs(block, await executable.run(block.inputs));
    await backend.dispose();
    expect(await call<number>(page(), 'numTensors')).toBe(before);
  });

  it('wasm: has threads on an isolated page, as many as asked for', async () => {
    const cores = await page().page.evaluate<number>('navigator.hardwareConcurrency');
    const usual = await open({ device: 'wasm' });
    expect(usual.report.threads).toBe(Math.min(4, Math.max(1, Math.floor(cores / 2))));
    const two = await open({ device: 'wasm', threads: 2 });
    expect(two.report.threads).toBe(2);
    const one = await open({ device: 'wasm', threads: 1 });
    expect(one.report.threads).toBe(1);
    for (const backend of [usual, two, one]) {
      const executable = await backend.compile(block.graph, block.weights);
      checkOutputs(block, await executable.run(block.inputs));
      await backend.dispose();
    }
  });

  it('wasm: says so when the server sends a page in place of the file, and works afterwards', async () => {
    await expect(open({ device: 'wasm', wasmPaths: '/nowhere/' })).rejects.toThrow(
      /DeviceError DEVICE: .*\/nowhere\/tfjs-backend-wasm.*\.wasm is an HTML page/,
    );
    await (await open({ device: 'wasm' })).dispose();
  });

  it('auto chooses no software renderer', async () => {
    const backend = await open({});
    expect(backend.report.device).toBe('wasm');
    expect(backend.report.passedOver.map(({ device }) => device)).toEqual(['webgpu', 'webgl']);
    await backend.dispose();
  });

  it("keeps each device's library in a chunk of its own, and Node out", () => {
    const chunks = readdirSync(join(page().bundle, 'assets')).filter((name) => name.endsWith('.js'));
    const chunkOf = (device: string) =>
      chunks.filter((name) => name.startsWith(`${device}-`) || name.startsWith(`${device}.`));
    for (const device of DEVICES) expect(chunkOf(device).length, `${device} in ${chunks}`).toBeGreaterThan(0);
    for (const chunk of chunks) {
      expect(readFileSync(join(page().bundle, 'assets', chunk), 'utf8')).not.toMatch(/from ?["']node:|createRequire/);
    }
  });
});
