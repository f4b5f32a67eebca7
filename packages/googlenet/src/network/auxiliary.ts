import { type LayerBuilder, type Tensor, tensor, type Value } from '@strata/core';
import type { AuxiliaryStyle, VariantStyle } from './variants.js';
import { type Widths, widthOf } from './widths.js';

/**
 * An auxiliary head: [N,C,H,W] → logits [N,classes], under the head's name. The paper's pool, 1×1 convolution, relu,
 * linear layer `NAME.fc1`, relu, dropout and linear layer.
 *
 * The pool stands behind the convolution, which gives the same, as neither looks at neighbours of another channel: so a
 * pool that no window of one size makes (four cells of 14 pixels) is a convolution of few channels.
 */
export function auxiliaryHead(
  layers: LayerBuilder,
  name: string,
  x: Value,
  { classes, widths }: { readonly classes: number; readonly widths: Widths },
  { batchNorm, auxiliary }: VariantStyle & { readonly auxiliary: AuxiliaryStyle },
): Value {
  const conv = `${name}.conv`;
  const filters = widthOf(widths, conv);
  const convolved =
    batchNorm === undefined
      ? layers.conv2d(conv, x, { filters, window: 1 })
      : layers.batchNorm(
          `${conv}.bn`,
          layers.conv2d(`${conv}.conv`, x, { filters, window: 1, bias: false }),
          batchNorm,
        );
  const pooled = layers.relu(`${name}.relu`, pool(layers, `${name}.pool`, convolved, auxiliary));
  const features = widthOf(widths, `${name}.fc1`);
  const hidden = layers.linear(`${name}.fc1`, layers.flatten(`${name}.flatten`, pooled), {
    features,
    activation: 'relu',
  });
  const kept = layers.dropout(`${name}.dropout`, hidden, { rate: auxiliary.dropoutRate });
  return layers.linear(name, kept, { features: classes });
}

function pool(layers: LayerBuilder, name: string, x: Value, { pool }: AuxiliaryStyle): Value {
  // With heads the picture has a size, and so has all that follows but the batch.
  const [channels, rows, columns] = x.shape.filter((size) => typeof size === 'number');
  if ('window' in pool) return layers.avgPool2d(name, x, { ...pool, rounding: 'ceil' });
  const { cells } = pool;
  if (rows % cells === 0 && columns % cells === 0) {
    return layers.avgPool2d(name, x, { window: [rows / cells, columns / cells] });
  }
  const filters = channels * cells * cells;
  return layers.conv2d(name, x, { filters, window: [rows, columns], groups: channels, bias: false });
}

/** The weights of a head's pool, where it is a convolution, [channels · cells², 1, rows, columns]: means of cells. */
export function adaptivePoolWeights([filters, , rows, columns]: readonly number[], cells: number): Tensor {
  const area = rows * columns;
  const data = new Float32Array(filters * area);
  for (let filter = 0; filter < filters; filter++) {
    const [top, bottom] = cellOf(Math.floor(filter / cells) % cells, rows, cells);
    const [left, right] = cellOf(filter % cells, columns, cells);
    const share = 1 / ((bottom - top) * (right - left));
    for (let row = top; row < bottom; row++) {
      const start = filter * area + row * columns;
      data.fill(share, start + left, start + right);
    }
  }
  return tensor([filters, 1, rows, columns], data);
}

/** PyTorch's `adaptive_avg_pool2d`: cell i of n reaches from ⌊i · size / n⌋ to before ⌈(i + 1) · size / n⌉. */
function cellOf(cell: number, size: number, cells: number): [start: number, end: number] {
  return [Math.floor((cell * size) / cells), Math.ceil(((cell + 1) * size) / cells)];
}
