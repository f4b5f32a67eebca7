import type { Tensor } from '@strata/core';
import fc from 'fast-check';
import { coarse, convChoices, gaussian, shuffled } from './choices.js';
import { type Law, plain, range, stack, sumJudged, take, takeFrom } from './law.js';
import { convOn, modelOn } from './model.js';

export const convLaws: readonly Law[] = [
  {
    name: 'conv2d is linear',
    ops: ['conv2d'],
    cases: convChoices.map(({ seed, batch, channels, filters, rows, columns, height, width, stride, padding }) => {
      const a = coarse([batch, channels, height, width], seed);
      const b = coarse(a.shape, seed + 1);
      const both: Tensor = { ...a, data: Float32Array.from(a.data, (value, i) => value + b.data[i]) };
      const weight = gaussian([filters, channels, rows, columns], seed + 2);
      const conv = (x: Tensor) => convOn(x, { weight }, { stride, padding });
      return { left: plain(conv(both)), right: { trials: [conv(a), conv(b)], combine: sumJudged } };
    }),
  },
  {
    name: 'shifting a picture shifts its conv2d',
    ops: ['conv2d'],
    cases: convChoices.map(({ seed, batch, channels, filters, rows, columns, height, width, stride }) => {
      const x = gaussian([batch, channels, height + stride, width], seed);
      const weight = gaussian([filters, channels, rows, columns], seed + 1);
      const windows = Math.floor((height - rows) / stride) + 1;
      return {
        left: plain(convOn(take(x, 2, range(height, stride)), { weight }, { stride })),
        right: takeFrom(convOn(x, { weight }, { stride }), 2, range(windows, 1)),
      };
    }),
  },
  {
    name: 'reordering channels with their weights keeps conv2d',
    ops: ['conv2d'],
    cases: convChoices.map(({ seed, batch, channels, filters, rows, columns, height, width, padding }) => {
      const x = gaussian([batch, channels, height, width], seed);
      const weight = gaussian([filters, channels, rows, columns], seed + 1);
      const bias = gaussian([filters], seed + 2);
      const order = shuffled(channels, seed + 3);
      const outOrder = shuffled(filters, seed + 4);
      const moved = { weight: take(take(weight, 1, order), 0, outOrder), bias: take(bias, 0, outOrder) };
      return {
        left: plain(convOn(take(x, 1, order), moved, { padding })),
        right: takeFrom(convOn(x, { weight, bias }, { padding }), 1, outOrder),
      };
    }),
  },
  {
    name: 'conv2d of a concat is the sum of conv2ds',
    ops: ['conv2d', 'concat'],
    cases: convChoices.map(({ seed, batch, channels, filters, rows, columns, height, width, stride, padding }) => {
      const x = gaussian([batch, channels, height, width], seed);
      const weight = gaussian([filters, channels, rows, columns], seed + 1);
      const first = range(1 + (seed % (channels - 1)));
      const rest = range(channels - first.length, first.length);
      const part = (places: readonly number[]) =>
        convOn(take(x, 1, places), { weight: take(weight, 1, places) }, { stride, padding });
      const inputs = { a: take(x, 1, first), b: take(x, 1, rest) };
      const whole = modelOn(inputs.a, { 'conv.weight': weight }, (layers, a) =>
        layers.conv2d('conv', layers.concat('joined', [a, layers.input('b', inputs.b.shape)]), {
          filters,
          window: [rows, columns],
          stride,
          padding,
          bias: false,
        }),
      );
      return {
        left: plain({ ...whole, runs: [{ x: inputs.a, b: inputs.b }] }),
        right: { trials: [part(first), part(rest)], combine: sumJudged },
      };
    }),
  },
  {
    name: 'concat of conv2ds is conv2d with concatenated weights',
    ops: ['conv2d', 'concat'],
    cases: convChoices.map(({ seed, batch, channels, filters, rows, columns, height, width, stride, padding }) => {
      const x = gaussian([batch, channels, height, width], seed);
      const a = gaussian([filters, channels, rows, columns], seed + 1);
      const b = gaussian([filters + 1, channels, rows, columns], seed + 2);
      const options = { window: [rows, columns], stride, padding, bias: false } as const;
      return {
        left: plain(
          modelOn(x, { 'a.weight': a, 'b.weight': b }, (layers, picture) =>
            layers.concat('joined', [
              layers.conv2d('a', picture, { filters, ...options }),
              layers.conv2d('b', picture, { filters: filters + 1, ...options }),
            ]),
          ),
        ),
        right: plain(convOn(x, { weight: stack([a, b]) }, { stride, padding })),
      };
    }),
  },
  {
    name: 'dilated conv2d is conv2d with zeros between its weights',
    ops: ['conv2d'],
    cases: fc
      .tuple(convChoices, fc.integer({ min: 2, max: 3 }), fc.boolean())
      .map(([{ seed, batch, channels, filters, rows, columns, stride, padding }, dilation, depthwise]) => {
        const groups = depthwise ? channels : 1;
        const x = gaussian([batch, channels, 10, 13], seed);
        const weight = gaussian([depthwise ? 2 * channels : filters, channels / groups, rows, columns], seed + 1);
        return {
          left: plain(convOn(x, { weight }, { stride, padding, dilation, groups })),
          right: plain(convOn(x, { weight: spread(weight, dilation) }, { stride, padding, groups })),
        };
      }),
  },
  {
    name: 'conv2d of one pixel is linear over its channels',
    ops: ['conv2d', 'linear'],
    cases: convChoices.map(({ seed, batch, channels, filters, height, width }) => {
      const pixels = gaussian([batch * height * width, channels], seed);
      const weight = gaussian([filters, channels], seed + 1);
      const bias = gaussian([filters], seed + 2);
      const single = { ...pixels, shape: [...pixels.shape, 1, 1] };
      return {
        left: {
          trials: [convOn(single, { weight: { ...weight, shape: [filters, channels, 1, 1] }, bias })],
          combine: ([result]) => ({ ...result, shape: [batch * height * width, filters] }),
        },
        right: plain(
          modelOn(pixels, { 'linear.weight': weight, 'linear.bias': bias }, (layers, rows) =>
            layers.linear('linear', rows, { features: filters }),
          ),
        ),
      };
    }),
  },
];

/** The kernel with zeros between its elements: what a dilation of `step` stands for. */
function spread({ shape: [filters, channels, rows, columns], data }: Tensor, step: number): Tensor {
  const [tall, wide] = [(rows - 1) * step + 1, (columns - 1) * step + 1];
  const spreadData = new Float32Array(filters * channels * tall * wide);
  for (let kernel = 0; kernel < filters * channels; kernel++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        spreadData[(kernel * tall + row * step) * wide + column * step] =
          data[(kernel * rows + row) * columns + column];
      }
    }
  }
  return { shape: [filters, channels, tall, wide], dtype: 'float32', data: spreadData };
}
