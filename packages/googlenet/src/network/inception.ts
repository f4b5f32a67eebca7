import type { LayerBuilder, Value } from '@strata/core';
import { convolve } from './convolve.js';
import type { InceptionFilters } from './table.js';
import type { VariantStyle } from './variants.js';

/**
 * Four branches side by side, joined along channels; height and width stay. The branches' values are `NAME.branch1` …
 * `NAME.branch4`, their 1×1 reductions `NAME.branch2.reduce` and `NAME.branch3.reduce`. [N,C,H,W] → [N,Σ filters,H,W].
 */
export function inception(
  layers: LayerBuilder,
  name: string,
  x: Value,
  filters: InceptionFilters,
  style: VariantStyle,
): Value {
  const [reduce2, filters2] = filters.branch2;
  const [reduce3, filters3] = filters.branch3;
  const branches = layers.scope(name, (block) => {
    const convolution = (branch: string, input: Value, count: number, window: number) =>
      convolve(block, branch, input, { filters: count, window, padding: (window - 1) / 2, relu: true }, style);
    const branch1 = convolution('branch1', x, filters.branch1, 1);
    const branch2 = convolution('branch2', convolution('branch2.reduce', x, reduce2, 1), filters2, 3);
    const branch3 = convolution('branch3', convolution('branch3.reduce', x, reduce3, 1), filters3, style.branch3Window);
    const pooled = block.maxPool2d('branch4.pool', x, { window: 3, stride: 1, padding: 1 });
    const projected = style.branch4PoolRelu ? block.relu('branch4.relu', pooled) : pooled;
    return [branch1, branch2, branch3, convolution('branch4', projected, filters.branch4, 1)];
  });
  return layers.concat(name, branches);
}
