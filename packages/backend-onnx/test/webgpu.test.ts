import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backend, initialiseWeights, LayerBuilder, type Model, tensor, UnsupportedError } from '@strata/core';
import { compareOutputs, interpret } from '@strata/core/reference';
import { encodeModel, exportOnnx } from '@strata/formats/onnx';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { webgpuSession } from '../src/devices/webgpu.js';
import * as webgpu from '../src/doors/webgpu.js';
import { createBackend } from '../src/index.js';
import { loweringTable } from '../src/lowerings/lowering-table.js';
import { devices } from './support/devices.js';

/** Every op, with the attributes for which a device may have no kernel. */
function buildAll(): Model {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 4, 'height', 'width']);
  const conv = layers.conv2d('conv', x, { filters: 6, window: [3, 2], dilation: 2, groups: 2, activation: 'relu' });
  const ceil = layers.maxPool2d('ceil', conv, { window: 3, stride: 2, padding: 1, rounding: 'ceil' });
  const dilated = layers.maxPool2d('dilated', ceil, { window: 2, stride: 1, dilation: 2, padding: [2, 0, 2, 1] });
  const mean = layers.avgPool2d('mean', dilated, {
    window: 2,
    stride: 1,
    dilation: 2,
    padding: [2, 0, 2, 0],
    countPadding: false,
  });
  const counted = layers.avgPool2d('counted', mean, { window: 2, padding: 1, rounding: 'ceil', countPadding: true });
  const relu = layers.relu('relu', counted);
  const lrn = layers.lrn('lrn', layers.batchNorm('norm', relu), { size: 4 });
  const sum = layers.add('sum', lrn, relu);
  const both = layers.concat('both', [sum, layers.dropout('drop', lrn, { rate: 0.5 })]);
  const flat = layers.flatten('flat', layers.globalAvgPool('pool', both));
  const graph = layers.build([layers.softmax('y', layers.linear('fc', flat, { features: 5 })), lrn]);
  return { graph, weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 5 }) };
}

const input = tensor(
  [2, 4, 9, 8],
  Array.from({ length: 576 }, (_, i) => Math.sin(i * 1.3)),
);

const model = buildAll();

async function expectReference(backend: Backend): Promise<void> {
  const network = await backend.compile(model.graph, model.weights);
  const agreements = compareOutputs(
    interpret(model.graph, model.weights, { x: input }),
    await network.run({ x: input }),
  );
  for (const [name, { failed }] of agreements) expect({ name, failed }).toEqual({ name, failed: 0 });
  await network.dispose();
}

/** LRN by ONNX's own operator, which has no kernel on WebGPU and one on the CPU. */
function encodeForeignLrn(): Uint8Array {
  const layers = new LayerBuilder();
  return exportOnnx(layers.build([layers.lrn('y', layers.input('x', [1, 4, 2, 2]), { size: 3 })]), {});
}

describe.skipIf(!devices.includes('webgpu'))('webgpu in Node', { timeout: 120_000 }, () => {
  it('refuses a node without a kernel, which the library by default would move to the CPU', async () => {
    const bytes = encodeForeignLrn();
    const moved = await InferenceSession.create(bytes, { executionProviders: ['webgpu'], logSeverityLevel: 4 });
    await moved.release();
    await expect(InferenceSession.create(bytes, webgpuSession)).rejects.toThrow(
      /nodes that are assigned to the default CPU EP/,
    );
  });

  it("runs every node of every op on WebGPU, as the library's profile shows", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-profile-'));
    try {
      const { bytes, externalData } = encodeModel(model, loweringTable);
      const session = await InferenceSession.create(bytes, {
        ...webgpuSession,
        externalData,
        enableProfiling: true,
        profileFilePrefix: join(folder, 'run'),
      });
      await session.run({ x: new Tensor('float32', Float32Array.from(input.data), input.shape) });
      session.endProfiling();
      await session.release();
      const [file] = readdirSync(folder);
      const providers = [...readFileSync(join(folder, file), 'utf8').matchAll(/"provider" ?: ?"(\w+)"/g)];
      expect(providers.length).toBeGreaterThan(20);
      expect(new Set(providers.map(([, provider]) => provider))).toEqual(new Set(['WebGpuExecutionProvider']));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names the adapter, and reports a software adapter as one', async () => {
    const backend = await createBackend({ device: 'webgpu' });
    expect(backend.report).toMatchObject({ device: 'webgpu', library: { name: 'onnxruntime-node' } });
    expect(backend.report.threads).toBeUndefined();
    if (process.env.VK_ICD_FILENAMES?.includes('swiftshader')) {
      expect(backend.report).toMatchObject({
        adapter: 'SwiftShader',
        driver: expect.stringMatching(/swiftshader/),
        software: true,
      });
    }
    await backend.dispose();
  });

  it('is not chosen by auto where it is software', async () => {
    const backend = await createBackend();
    expect(backend.report.software).toBe(false);
    await backend.dispose();
  });

  it('opens again after dispose, and beside another backend', async () => {
    for (let round = 0; round < 3; round++) {
      const first = await webgpu.createBackend();
      const second = await webgpu.createBackend();
      await Promise.all([expectReference(first), expectReference(second)]);
      await first.dispose();
      await expectReference(second);
      await second.dispose();
    }
  });

  it('runs beside the CPU of the same library', async () => {
    const [onGpu, onCpu] = await Promise.all(['webgpu', 'native'].map((device) => createBackend({ device })));
    await Promise.all([expectReference(onGpu), expectReference(onCpu)]);
    await Promise.all([onGpu.dispose(), onCpu.dispose()]);
  });

  it('refuses options that the library cannot take', async () => {
    for (const option of [
      { threads: 2 },
      { gpuDevice: {} },
      { wasmPaths: '/' },
      { powerPreference: 'low-power' as const },
    ]) {
      await expect(createBackend({ device: 'webgpu', ...option })).rejects.toBeInstanceOf(UnsupportedError);
    }
  });

  it('does not keep a process alive that did not dispose it', () => {
    const script = `
      import { createBackend } from '@strata/backend-onnx/webgpu';
      import { LayerBuilder, tensor } from '@strata/core';
      const backend = await createBackend();
      const layers = new LayerBuilder();
      const graph = layers.build([layers.relu('y', layers.input('x', [2]))]);
      const { y } = await (await backend.compile(graph, {})).run({ x: tensor([2], [-1, 3]) });
      console.log([...y.data].join());`;
    const options = { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' } as const;
    expect(execFileSync(process.execPath, ['--input-type=module', '--eval', script], options)).toBe('0,3\n');
  });
});

it('says what is missing where there is no adapter', () => {
  const script = `
    import { createBackend } from '@strata/backend-onnx';
    await createBackend({ device: 'webgpu' }).catch(({ code, message }) => console.log(code, message));`;
  const message = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { ...process.env, VK_ICD_FILENAMES: '/nowhere/driver.json', VK_DRIVER_FILES: '/nowhere/driver.json' },
    stdio: 'pipe',
  });
  expect(message).toMatch(
    /^DEVICE onnx\/webgpu: onnxruntime-node finds no WebGPU: [^,\n]+, want .*; install the driver/,
  );
});
