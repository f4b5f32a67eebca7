import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPyTorch } from '../../src/pytorch/index.js';
import { openWeights } from '../../src/weights/index.js';

const folder = join(import.meta.dirname, '../fixtures');

interface Expected {
  readonly weights: readonly (readonly [name: string, shape: number[], dtype: string, values: number[]])[];
}

describe('a checkpoint that PyTorch wrote', () => {
  it.each([
    ['tv16-bf16-legacy.pth', 'pytorch-legacy'],
    ['tv16-f16-zip.pth', 'pytorch-zip'],
  ])('%s: names, shapes, types and values', async (name, format) => {
    const bytes = readFileSync(join(folder, name));
    const { weights }: Expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'));
    const file = openPyTorch(bytes, name);
    expect(file).toMatchObject({ format });
    expect(file).not.toHaveProperty('container');
    expect(file).not.toHaveProperty('prefix');
    expect([...file.tensors].map(([key, { shape, dtype }]) => [key, shape, dtype])).toEqual(
      weights.map(([key, shape, dtype]) => [key, shape, dtype]),
    );
    for (const [key, , dtype, values] of weights) {
      const tensor = file.tensors.get(key);
      if (dtype === 'int64')
        expect(() => tensor?.read()).toThrow(`tensor "${key}": dtype int64, want float64, float32`);
      else {
        const data = tensor?.read().data ?? [];
        expect([data[0], data[Math.floor(data.length / 2)], data[data.length - 1]]).toEqual(values);
      }
    }
    const opened = await openWeights(bytes, name);
    expect([...opened.tensors.keys()]).toEqual([...file.tensors.keys()]);
    expect(opened).toMatchObject({ format, metadata: {} });
  });
});
