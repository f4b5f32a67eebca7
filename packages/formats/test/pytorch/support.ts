import { messageOf, WeightsError } from '@strata/core';
import { type Numbers, type Pickled, pickleTensor, zipCheckpoint } from '@strata/trials/files';
import { expect } from 'vitest';
import { openPyTorch } from '../../src/pytorch/index.js';

/** Four numbers: 1, 2, 3, 4. */
export const four: Numbers = {
  key: '0',
  type: 'FloatStorage',
  elements: 4,
  bytes: new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer),
};

/** A tensor of them. */
export const tensor = pickleTensor(four, { shape: [2, 2], strides: [2, 1] });

/** A checkpoint with these numbers and whatever it holds. */
export function fileWith(root: Pickled): Uint8Array {
  return zipCheckpoint(root, [four]);
}

/** The message with which a file is refused: one short line. */
export function refusal(bytes: Uint8Array): string {
  try {
    for (const stored of openPyTorch(bytes, 'w.pth').tensors.values()) stored.read();
  } catch (error) {
    expect(error).toBeInstanceOf(WeightsError);
    expect(messageOf(error)).not.toContain('\n');
    expect(messageOf(error).length).toBeLessThan(300);
    return messageOf(error);
  }
  throw new Error('the file was taken');
}
