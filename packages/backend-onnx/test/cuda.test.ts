import { existsSync } from 'node:fs';
import { DeviceError } from '@strata/core';
import { expect, it, vi } from 'vitest';
import { openCuda } from '../src/devices/cuda.js';
import { createBackend } from '../src/index.js';

const absent = !existsSync('/dev/nvidia0') && !existsSync('/dev/dxg');
if (!absent) console.warn('Left out: what onnx on cuda says without a GPU; this machine has one.');

it.skipIf(!absent)('is ruled out without an NVIDIA driver', async () => {
  await expect(createBackend({ device: 'cuda' })).rejects.toMatchObject({
    code: 'DEVICE',
    message: expect.stringMatching(/^onnx\/cuda: (no NVIDIA GPU|onnxruntime-node has CUDA for linux\/x64 only)/),
  });
});

it.skipIf(!absent)('says how to install the provider, or what it lacks', async () => {
  vi.stubEnv('NVIDIA_TF32_OVERRIDE', '1');
  const error: unknown = await openCuda({}, { passedOver: [], notTried: [] }).catch((thrown: unknown) => thrown);
  vi.unstubAllEnvs();
  expect(error).toBeInstanceOf(DeviceError);
  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^onnx\/cuda: onnxruntime-node (without libonnxruntime_providers|does not start CUDA)/,
    ),
    hint: expect.stringMatching(/onnxruntime-node-install=cuda12|LD_LIBRARY_PATH/),
  });
});
