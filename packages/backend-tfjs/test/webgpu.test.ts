import { LayerBuilder, tensor } from '@strata/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as dawn from 'webgpu';
import * as wasm from '../src/doors/wasm.js';
import { createBackend } from '../src/doors/webgpu.js';
import { buildBlock } from './support/block.js';
import { checkOutputs, makeCase } from './support/case.js';
import { testContract } from './support/contract.js';
import { testTrials } from './support/test-trials.js';

const open = () => createBackend();

testContract('webgpu', open, { batch: 1, depth: 6 });
// A GPU in software is slow; the conformance suite has the rest.
testTrials('webgpu', open, 1);

describe('webgpu in Node', { timeout: 120_000 }, () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const block = makeCase((layers) => buildBlock(layers, [1, 3, 8, 9]), 1);

  it('names the software adapter, and puts every global back', async () => {
    const before = describeGlobals();
    const backend = await createBackend();
    const executable = await backend.compile(block.graph, block.weights);
    const running = executable.run(block.inputs);
    expect(describeGlobals()).toEqual(before);
    await running;
    await backend.dispose();
    expect(describeGlobals()).toEqual(before);
    expect(backend.report.adapter).toMatch(/swiftshader/i);
    expect(backend.report.software).toBe(true);
  });

  it('computes small tensors on the device too', async () => {
    const dispatch = countDispatches();
    const tiny = makeCase((layers) => {
      const x = layers.input('x', [1, 2, 1, 2]);
      const doubled = layers.add('doubled', x, x);
      return layers.concat('y', [layers.relu('positive', doubled), doubled], { axis: 1 });
    }, 2);
    const backend = await createBackend();
    const executable = await backend.compile(tiny.graph, tiny.weights);
    dispatch.mockClear();
    checkOutputs(tiny, await executable.run(tiny.inputs));
    // add, relu and concat at the least; the library would do all of them on the CPU by default.
    expect(dispatch.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(tf.env().getBool('WEBGPU_CPU_FORWARD')).toBe(true);
    await backend.dispose();
  });

  it('rejects what runs when the device is lost, and rebuilds at the next run', async () => {
    const devices = captureDevices();
    const before = tf.engine().state.numTensors;
    const backend = await createBackend();
    const executable = await backend.compile(block.graph, block.weights);
    const other = await backend.compile(block.graph, block.weights);
    checkOutputs(block, await executable.run(block.inputs));
    const running = executable.run(block.inputs);
    devices[0].destroy();
    await expect(running).rejects.toMatchObject({ code: 'DEVICE' });
    checkOutputs(block, await executable.run(block.inputs));
    checkOutputs(block, await other.run(block.inputs));
    expect(devices.length).toBe(2);
    await backend.dispose();
    expect(tf.engine().state.numTensors).toBe(before);
  });

  it('rejects once for all outputs when the device is lost: one that nobody hears of would end the process', async () => {
    const devices = captureDevices();
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => void unheard.push(reason);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', hear);
    try {
      const backend = await createBackend();
      const layers = new LayerBuilder();
      const x = layers.input('x', ['n']);
      const graph = layers.build(['a', 'b', 'c'].map((name) => layers.relu(name, x)));
      const executable = await backend.compile(graph, {});
      const running = executable.run({ x: tensor([2], [1, 2]) });
      const ended = running.then(
        () => 'a result',
        ({ code }) => code,
      );
      // Once the reads of all outputs are under way.
      await new Promise((resolve) => setTimeout(resolve));
      devices[0].destroy();
      // On a machine that is quick enough the reads have ended before.
      expect(['DEVICE', 'a result']).toContain(await ended);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(unheard).toEqual([]);
      await backend.dispose();
    } finally {
      process.removeListener('unhandledRejection', hear);
      for (const other of others) process.on('unhandledRejection', other);
    }
  });

  it('fails by name for good when the device that the caller brought is lost; a new backend works', async () => {
    const gpu = dawn.create([]);
    const gpuDevice = await (await gpu.requestAdapter())?.requestDevice();
    const backend = await createBackend({ gpuDevice });
    const executable = await backend.compile(block.graph, block.weights);
    gpuDevice?.destroy();
    await gpuDevice?.lost;
    const gone =
      /^tfjs\/webgpu: the device was lost: .*; this library cannot make a new one here; create the backend anew$/;
    await expect(executable.run(block.inputs)).rejects.toThrow(gone);
    await expect(backend.compile(block.graph, block.weights)).rejects.toThrow(gone);
    const next = await createBackend();
    checkOutputs(block, await (await next.compile(block.graph, block.weights)).run(block.inputs));
    await Promise.all([backend.dispose(), next.dispose()]);
    // Dawn must outlive its devices.
    expect(gpu).toBeDefined();
  });

  it('keeps buffers for one size at a time, and none after dispose', async () => {
    const live = countBuffers();
    const layers = new LayerBuilder();
    const graph = layers.build([buildBlock(layers)]);
    const runAt = (width: number) => executable.run({ x: tensor([1, 3, 8, width], new Float32Array(24 * width)) });
    const backend = await createBackend();
    const before = live.size;
    const executable = await backend.compile(graph, block.weights);
    await runAt(9);
    const held = live.size;
    expect(held).toBeGreaterThan(before);
    for (const width of [10, 11, 12, 13, 9]) await runAt(width);
    expect(live.size).toBe(held);
    await executable.dispose();
    expect(live.size).toBe(before);
    await backend.dispose();
  });

  it('works on a device that the caller brings, and leaves it open', async () => {
    const gpu = dawn.create([]);
    const adapter = await gpu.requestAdapter();
    const gpuDevice = await adapter?.requestDevice();
    let lost = false;
    gpuDevice?.lost.then(() => {
      lost = true;
    });
    const backend = await createBackend({ gpuDevice });
    const executable = await backend.compile(block.graph, block.weights);
    checkOutputs(block, await executable.run(block.inputs));
    await backend.dispose();
    await gpuDevice?.queue.onSubmittedWorkDone();
    expect(lost).toBe(false);
    gpuDevice?.destroy();
    // Dawn must outlive its devices.
    expect(gpu).toBeDefined();
  });

  it('runs beside wasm', async () => {
    const backends = await Promise.all([createBackend(), wasm.createBackend()]);
    const executables = await Promise.all(backends.map((backend) => backend.compile(block.graph, block.weights)));
    const runs = [0, 1, 0, 1].map((which) => executables[which].run(block.inputs));
    for (const run of runs) checkOutputs(block, await run);
    await Promise.all(backends.map((backend) => backend.dispose()));
  });
});

function describeGlobals() {
  const names = [
    ...Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith('GPU')),
    'navigator',
    'self',
    'window',
  ];
  return names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
}

function countDispatches() {
  return vi.spyOn(dawnGlobals().GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
}

/** The buffers that are made from now on and not destroyed. */
function countBuffers(): ReadonlySet<GPUBuffer> {
  const live = new Set<GPUBuffer>();
  const device = dawnGlobals().GPUDevice.prototype;
  const { createBuffer } = device;
  vi.spyOn(device, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    live.add(buffer);
    return buffer;
  });
  const buffers = dawnGlobals().GPUBuffer.prototype;
  const { destroy } = buffers;
  vi.spyOn(buffers, 'destroy').mockImplementation(function (this: GPUBuffer) {
    live.delete(this);
    return destroy.call(this);
  });
  return live;
}

/** The devices that are made from now on. */
function captureDevices(): GPUDevice[] {
  const { prototype } = dawnGlobals().GPUAdapter;
  const devices: GPUDevice[] = [];
  const { requestDevice } = prototype;
  vi.spyOn(prototype, 'requestDevice').mockImplementation(async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  });
  return devices;
}

interface DawnGlobals {
  readonly GPUAdapter: typeof GPUAdapter;
  readonly GPUBuffer: typeof GPUBuffer;
  readonly GPUDevice: typeof GPUDevice;
  readonly GPUComputePassEncoder: typeof GPUComputePassEncoder;
}

/** The package's types do not say what its globals are. */
function dawnGlobals(): DawnGlobals {
  if (hasClasses(dawn.globals)) return dawn.globals;
  throw new Error('Dawn has other globals');
}

function hasClasses(globals: object): globals is DawnGlobals {
  return ['GPUAdapter', 'GPUBuffer', 'GPUComputePassEncoder', 'GPUDevice'].every((name) => name in globals);
}
