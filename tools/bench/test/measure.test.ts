import { DeviceError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { cases, rowNames } from '../src/cases.js';
import { compareLogits } from '../src/compare-logits.js';
import { measure } from '../src/measure.js';
import { load } from '../src/peer-table.js';
import { printLeftOut, printMeasurements } from '../src/print.js';

const quick = {
  row: 'wasm',
  backend: 'onnx',
  device: 'wasm',
  peer: 'onnxruntime-web',
  size: { batch: 2, side: 32 },
  pairs: 3,
  control: true,
  threaded: true,
} as const;

describe('measure', () => {
  it('times both sides and the control, and prints them as a row', async () => {
    const progress: string[] = [];
    const result = await measure(quick, {
      threads: 1,
      onPair: (label, done, of) => progress.push(`${label} ${done}/${of}`),
    });
    if ('reason' in result) throw new Error(result.reason);
    expect(result.agreement.worst).toBeLessThan(1e-4);
    expect(result.ratio.low).toBeLessThanOrEqual(result.ratio.high);
    expect(result.control).toBeDefined();
    expect(progress).toEqual(
      ['ours : peer', 'peer : peer'].flatMap((what) => [1, 2, 3].map((done) => `wasm, ${what} ${done}/3`)),
    );
    const printed = printMeasurements([result]);
    expect(printed).toContain('onnx/wasm');
    expect(printed).toContain('2 × 1×32×32');
    expect(printMeasurements([{ ...result, control: undefined }])).toContain('not run');
  });

  it('leaves a case out, with the reason, where the device is not available', async () => {
    const result = await measure({ ...quick, device: 'abacus' }, { threads: 1 });
    expect(result).toMatchObject({
      row: 'wasm',
      peer: 'onnxruntime-web',
      reason: expect.stringContaining('onnx/abacus'),
    });
  });
});

describe('load', () => {
  it('names the library that does not load and the command that installs it, in one line', async () => {
    const missing = load(
      'some-library',
      () => Promise.reject(new Error('Cannot find it\nRequire stack:')),
      'npm run setup',
    );
    await expect(missing).rejects.toThrow(DeviceError);
    await expect(missing).rejects.toThrow('some-library: does not load (Cannot find it); npm run setup');
  });

  it('is printed with the row it belongs to', () => {
    const line = printLeftOut({ row: 'tfjs-native', peer: 'tf.layers on TensorFlow', reason: 'no binding\n  at all' });
    expect(line).toBe('left out: tfjs-native against tf.layers on TensorFlow: no binding at all');
  });
});

describe('compareLogits', () => {
  it('measures in parts of the largest logit and sees another class in any picture', () => {
    const peer = Float32Array.of(4, 1, 0, -2);
    expect(compareLogits(Float32Array.of(4, 1, 0, -2), peer, 2)).toEqual({ worst: 0, sameClasses: true });
    expect(compareLogits(Float32Array.of(4, 1, 0, -1), peer, 2)).toEqual({ worst: 0.25, sameClasses: true });
    expect(compareLogits(Float32Array.of(4, 1, -2, 0), peer, 2)).toEqual({ worst: 0.5, sameClasses: false });
  });

  it('is NaN, and so not an agreement, where a logit is NaN', () => {
    expect(compareLogits(Float32Array.of(Number.NaN, 1), Float32Array.of(2, 1), 2).worst).toBeNaN();
  });
});

describe('cases', () => {
  it('has every row that can be asked for', () => {
    expect(new Set(cases.map(({ row }) => row))).toEqual(new Set(rowNames));
  });
});
