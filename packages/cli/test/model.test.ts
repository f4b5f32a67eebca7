import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openSafetensors } from '@strata/formats/safetensors';
import { describe, expect, it } from 'vitest';
import { backendNames } from '../src/backends/table.js';
import { makeFolder } from './support/folder.js';
import { strata } from './support/strata.js';

const model = resolve(import.meta.dirname, '../../formats/test/fixtures/zoo16-opset3.onnx');
const picture = resolve(import.meta.dirname, '../../googlenet/test/fixtures/boot-sos.jpg');
const folder = makeFolder();

describe('--model', () => {
  it('classifies with the network of another program, on any backend, and says what it assumed', async () => {
    const asked = await Promise.all(
      backendNames.map((backend) => strata('classify', picture, '--model', model, '--backend', backend, '--json')),
    );
    const [first, ...others] = asked.map(({ code, stdout, stderr }) => {
      expect(code).toBe(0);
      expect(stderr).toContain(`warning: ${model}: not said in it, so assumed: the batch of 1 stands for any number`);
      const [{ top }]: [{ top: { index: number; probability: number }[] }] = JSON.parse(stdout);
      return top;
    });
    expect(first).toHaveLength(5);
    for (const top of others) {
      expect(top.map(({ index }) => index)).toEqual(first.map(({ index }) => index));
      for (const [rank, { probability }] of top.entries()) expect(probability).toBeCloseTo(first[rank].probability, 5);
    }
  });

  it('takes labels and the numbers that pictures become', async () => {
    const labels = join(folder, 'labels.txt');
    writeFileSync(labels, [...'abcdefghij'].join('\n'));
    const words = ['--channels', 'bgr', '--resize', 'caffe', '--mean', '104,117,123', '--std', '1,1,1', '--scale', '1'];
    const { stdout, stderr } = await strata('classify', picture, '--model', model, '--labels', labels, ...words);
    expect(stdout).toMatch(/ [a-j] +\d+\.\d %/);
    expect(stderr).not.toMatch(/labels|pre-processing/);
  });

  it('is run on tensors, and never written over', async () => {
    const input = join(folder, 'x.npy');
    writeFileSync(input, npy([2, 3, 64, 64]));
    const out = join(folder, 'y.safetensors');
    expect(await strata('run', '--model', model, '--input', input, '--out', out)).toMatchObject({ code: 0 });
    const { tensors, metadata } = openSafetensors(readFileSync(out));
    expect(tensors.get('prob_1')?.shape).toEqual([2, 10]);
    expect(metadata).toEqual({ backend: 'onnx', device: 'native' });
    const copy = join(folder, 'copy.onnx');
    copyFileSync(model, copy);
    const over = await strata('run', '--model', copy, '--input', input, '--out', copy);
    expect(over).toMatchObject({
      code: 2,
      stderr: `error: --out: ${copy}, the file that is read, want another file\n`,
    });
    expect(readFileSync(copy).equals(readFileSync(model))).toBe(true);
    writeFileSync(input, npy([1, 3, 32, 32]));
    const small = await strata('run', '--model', model, '--input', input, '--out', join(folder, 'none'));
    expect(small).toMatchObject({
      code: 1,
      stderr: `error: ${input}: [3,32,32], want [3,64,64], as the model takes\n`,
    });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it.each([
    [['--variant', 'bvlc'], "error: --variant: 'bvlc', want nothing beside --model"],
    [['--weights', 'w.pth'], "error: --weights: 'w.pth', want nothing beside --model"],
    [['--transform-input', 'off'], "error: --transform-input: 'off', want nothing beside --model"],
    [['--input', '3,50,50'], 'error: --input: [3,50,50], want [3,64,64], as the model takes'],
  ])('is refused with %j', async (words, message) => {
    expect(await strata('classify', picture, '--model', model, ...words)).toMatchObject({
      code: 2,
      stderr: `${message}\n`,
    });
  });

  it.each([
    ['none.onnx', undefined, 'no such file, want a .onnx file'],
    ['text.onnx', 'hello', 'a text that begins "hello", want an ONNX network'],
  ])('%s is refused', async (name, content, message) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    expect(await strata('classify', picture, '--model', path)).toMatchObject({
      code: 1,
      stderr: `error: ${path}: ${message}\n`,
    });
  });
});

/** Zeros of that shape in NumPy's format. */
function npy(shape: readonly number[]): Buffer {
  const start = Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`.padEnd(117);
  return Buffer.concat([start, Buffer.from(`${header}\n`), Buffer.alloc(4 * shape.reduce((a, b) => a * b, 1))]);
}
