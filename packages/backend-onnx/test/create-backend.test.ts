import { type Backend, DeviceError, LayerBuilder, tensor } from '@strata/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as native from '../src/doors/native.js';
import * as wasm from '../src/doors/wasm.js';
import { createBackend } from '../src/index.js';

const opened: Backend[] = [];
async function open(creating: Promise<Backend>): Promise<Backend> {
  const backend = await creating;
  opened.push(backend);
  return backend;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((backend) => backend.dispose()));
});

async function messageFrom(creating: Promise<Backend>): Promise<string> {
  const error: unknown = await open(creating).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DeviceError);
  return error instanceof Error ? error.message : '';
}

/** Its means are 1 and 7. */
async function runSmallNetwork(backend: Backend): Promise<number[]> {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 1, 'height', 'width']);
  const conv = layers.conv2d('conv', x, { filters: 2, window: [1, 2], activation: 'relu' });
  const graph = layers.build([layers.globalAvgPool('mean', conv)]);
  const weights = { 'conv.weight': tensor([2, 1, 1, 2], [1, -1, 2, 1]), 'conv.bias': tensor([2], [0, 0.5]) };
  const network = await backend.compile(graph, weights);
  const { mean } = await network.run({ x: tensor([1, 1, 1, 3], [3, 1, 4]) });
  await network.dispose();
  return [...mean.data];
}

describe('createBackend', () => {
  // The first to open onnxruntime-web in this file, so that its thread count is settled for the rest.
  it('runs wasm and native side by side, each on its own library', async () => {
    const onWasm = await open(createBackend({ device: 'wasm', threads: 2 }));
    const onNative = await open(createBackend({ device: 'native', threads: 1 }));
    expect(await runSmallNetwork(onNative)).toEqual([1, 7]);
    expect(await runSmallNetwork(onWasm)).toEqual([1, 7]);
    expect(onWasm.report).toMatchObject({ device: 'wasm', library: { name: 'onnxruntime-web' }, threads: 2 });
    expect(onNative.report).toMatchObject({ device: 'native', library: { name: 'onnxruntime-node' }, threads: 1 });
    for (const { library, adapter } of [onWasm.report, onNative.report]) {
      expect(library.version).toMatch(/^1\.\d+\.\d+/);
      expect(adapter).not.toBe('');
    }
  });

  it('chooses native for auto where WebGPU is software, and lists what it did not try', async () => {
    vi.stubEnv('VK_ICD_FILENAMES', '/drivers/lvp_icd.x86_64.json');
    const { device, report } = await open(createBackend());
    expect(device).toBe('native');
    expect(report).toMatchObject({ notTried: ['wasm'], software: false, precision: 'float32' });
    expect(report.passedOver.map(({ device: name }) => name)).toEqual(['cuda', 'webgpu']);
    vi.unstubAllEnvs();
    expect(structuredClone(report)).toEqual(report);
  });

  it('is bound to one device in the sub-paths', async () => {
    expect((await open(native.createBackend())).device).toBe('native');
    expect((await open(wasm.createBackend())).device).toBe('wasm');
    expect(await messageFrom(native.createBackend({ device: 'wasm' }))).toMatchInlineSnapshot(
      `"onnx/wasm: a device that this backend does not have here, want native, auto"`,
    );
  });

  it('refuses a device that it does not have', async () => {
    expect(await messageFrom(createBackend({ device: 'webgl' }))).toMatchInlineSnapshot(
      `"onnx/webgl: a device that this backend does not have here, want cuda, webgpu, native, wasm, auto"`,
    );
  });

  it('refuses a second thread count or file location for the one wasm runtime', async () => {
    expect(await messageFrom(createBackend({ device: 'wasm', threads: 1 }))).toMatchInlineSnapshot(
      `"onnx/wasm: threads: 1, when onnxruntime-web runs already, want 2; it starts once in a process or worker: use another one"`,
    );
    expect(await messageFrom(createBackend({ device: 'wasm', wasmPaths: '/files/' }))).toMatchInlineSnapshot(
      `"onnx/wasm: wasmPaths: "/files/", when onnxruntime-web runs already, want the library's own; it starts once in a process or worker: use another one"`,
    );
    expect((await open(createBackend({ device: 'wasm' }))).report.threads).toBe(2);
  });

  it('refuses a precision other than float32', async () => {
    const backend = await open(createBackend({ device: 'native' }));
    const layers = new LayerBuilder();
    const graph = layers.build([layers.relu('y', layers.input('x', [1]))]);
    await expect(backend.compile(graph, {}, { precision: 'half' })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });
});
