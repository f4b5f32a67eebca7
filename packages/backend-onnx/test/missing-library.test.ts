import { expect, it, vi } from 'vitest';
import { createBackend } from '../src/index.js';

vi.mock('onnxruntime-node', () => {
  throw new Error("Cannot find package 'onnxruntime-node'");
});
vi.mock('onnxruntime-web', () => {
  throw new Error("Cannot find package 'onnxruntime-web'");
});

it.each([
  ['native', 'onnxruntime-node', 'install it: npm install onnxruntime-node --ignore-scripts'],
  ['wasm', 'onnxruntime-web', 'install it: npm install onnxruntime-web'],
])('says what %s needs', async (device, library, hint) => {
  await expect(createBackend({ device })).rejects.toMatchObject({
    code: 'DEVICE',
    message: expect.stringContaining(`onnx/${device}: ${library} cannot be loaded`),
    hint,
  });
});

it('lists the devices that auto tried without success', async () => {
  await expect(createBackend()).rejects.toMatchObject({
    code: 'DEVICE',
    message: expect.stringMatching(/^onnx: auto: .*npm install onnxruntime-node.*npm install onnxruntime-web/s),
  });
});
