import { type Tensor, tensor } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/safetensors/index.js';

describe('writeSafetensors', () => {
  it('refuses what it cannot store', () => {
    const write = (tensors: Record<string, Tensor>, dtype?: 'F16' | 'BF16') => () =>
      writeSafetensors(tensors, { dtype });
    expect(write({ 'fc.weight': tensor([2], [1, -65520]) }, 'F16')).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "fc.weight": -65520 at element 1, which F16 cannot hold, want magnitudes below 65520; store it as F32]`,
    );
    expect(write({ w: tensor([1], [3.4e38]) }, 'BF16')).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "w": 3.3999999521443642e+38 at element 0, which BF16 cannot hold, want magnitudes below 3.396e38; store it as F32]`,
    );
    expect(write({ __metadata__: tensor([1], [1]) })).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "__metadata__": a name that the format reserves]`,
    );
    expect(write({ w: { shape: [1], dtype: 'float64', data: Float64Array.of(1) } })).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "w": float64, want float32]`,
    );
    expect(write({ w: { shape: [3], dtype: 'float32', data: Float32Array.of(1) } })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor "w": 1 elements for shape [3], want 3]`,
    );
  });
});
