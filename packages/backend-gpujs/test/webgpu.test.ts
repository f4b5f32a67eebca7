import { type Backend, DeviceError, LayerBuilder, propertyOf } from '@strata/core';
import { failureOf, failureOfOwnership, randomTensor, randomWeights, trialSubjects } from '@strata/trials';
import { afterAll, describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { loadGpuJs } from '../src/library/load.js';
import { expectReference } from './support/check.js';

const opened: Backend | Error = await createBackend({ device: 'webgpu' }).catch((error: Error) => error);

if (opened instanceof Error) {
  console.warn(`Left out: gpujs on WebGPU in Node. ${opened.message}`);
  describe.skip('webgpu (no adapter here)');
} else {
  describe(`webgpu (${opened.report.adapter})`, () => {
    afterAll(() => opened.dispose());
    behaviour(opened);
  });
}

function block() {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 4, 'height', 'width']);
  const a = layers.conv2d('a', x, { filters: 5, window: 3, padding: 1, activation: 'relu' });
  const b = layers.conv2d('b', layers.maxPool2d('p', x, { window: 3, stride: 1, padding: 1 }), {
    filters: 3,
    window: 1,
  });
  return layers.build([layers.concat('y', [a, b])]);
}

/** The device that gpu.js shares in this realm. */
async function sharedDevice(): Promise<GPUDevice> {
  const acquire = propertyOf(propertyOf(await loadGpuJs('test'), 'WebGPUContext'), 'acquire');
  if (typeof acquire !== 'function') throw new Error('gpu.js has no WebGPUContext');
  const context: { device: GPUDevice } = await acquire();
  return context.device;
}

function behaviour(backend: Backend): void {
  const graph = block();
  const weights = randomWeights(graph, 1);
  const inputs = { x: randomTensor([1, 4, 6, 7], 2) };

  it('reports its adapter, and a software adapter as one', () => {
    expect(backend.report.adapter).not.toBe('unnamed');
    const known = /swiftshader|llvmpipe/i.test(`${backend.report.adapter} ${backend.report.driver}`);
    if (known) expect(backend.report.software).toBe(true);
    expect(backend.report.threads).toBeUndefined();
  });

  it('frees every buffer at dispose', async () => {
    const device = await sharedDevice();
    const create = device.createBuffer.bind(device);
    let live = 0;
    device.createBuffer = (descriptor) => {
      const buffer = create(descriptor);
      const destroy = buffer.destroy.bind(buffer);
      live++;
      buffer.destroy = () => {
        live--;
        return destroy();
      };
      return buffer;
    };
    try {
      for (let round = 0; round < 5; round++) {
        const net = await backend.compile(graph, weights);
        for (const width of [5, 6, 7, 8, 9, 10]) await net.run({ x: randomTensor([1, 4, 6, width], 2) });
        expect(live).toBeGreaterThan(0);
        await net.dispose();
        expect(live).toBe(0);
      }
    } finally {
      device.createBuffer = create;
    }
  });

  it('outlives another backend on the device, and leaves no global behind', async () => {
    const before = Object.getOwnPropertyNames(globalThis).sort();
    const other = await createBackend({ device: 'webgpu' });
    await expectReference(other, graph, inputs, weights);
    await other.dispose();
    await expectReference(backend, graph, inputs, weights);
    expect(Object.getOwnPropertyNames(globalThis).sort()).toEqual(before);
  });

  it('leaves no listener on the device that others use on', async () => {
    const device = await sharedDevice();
    const add = device.addEventListener.bind(device);
    const remove = device.removeEventListener.bind(device);
    const listeners = new Set<unknown>();
    device.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listeners.add(listener);
      add(type, listener);
    };
    device.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listeners.delete(listener);
      remove(type, listener);
    };
    try {
      const other = await createBackend({ device: 'webgpu' });
      expect(listeners.size).toBe(1);
      await other.dispose();
      expect(listeners.size).toBe(0);
    } finally {
      Object.assign(device, { addEventListener: add, removeEventListener: remove });
    }
  });

  it('rejects when the device is lost, and rebuilds for the next run', async () => {
    const net = await backend.compile(graph, weights);
    const before = await net.run(inputs);
    const device = await sharedDevice();
    const running = net.run(inputs);
    device.destroy();
    await expect(running).rejects.toBeInstanceOf(DeviceError);
    const after = await net.run(inputs);
    expect(after.y.data).toEqual(before.y.data);
    await net.dispose();
  });

  it('refuses options that gpu.js cannot take', async () => {
    await expect(createBackend({ device: 'webgpu', gpuDevice: {} })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UnsupportedError: gpujs/webgpu: option gpuDevice, want none; gpu.js cannot take it]`,
    );
  });

  it('does not choose a software renderer by default', async () => {
    const chosen = await createBackend();
    expect(chosen.report.software).toBe(false);
    await chosen.dispose();
  });

  // A GPU in software is slow; the conformance suite has the rest.
  it('keeps nothing of the caller, and gives nothing of its own away', async () => {
    expect(await failureOfOwnership(backend)).toBe('');
  });

  it.each(trialSubjects)('agrees with the reference on %s', async (subject) => {
    expect(await failureOf(backend, subject, 1)).toBe('');
  });
}
