import type { LayerBuilder, Tensor, Value } from '@strata/core';
import fc from 'fast-check';
import { convChoices, gaussian, shuffled } from './choices.js';
import { type Law, plain, range, take, takeFrom } from './law.js';
import { convOn, modelOn } from './model.js';

type Pool = (layers: LayerBuilder, x: Value) => Value;

const pools = fc.constantFrom('maxPool2d' as const, 'avgPool2d' as const);

export const poolLaws: readonly Law[] = [
  {
    name: 'shifting a picture shifts its pools',
    ops: ['maxPool2d', 'avgPool2d'],
    cases: fc
      .tuple(convChoices, pools)
      .map(([{ seed, batch, channels, rows, columns, height, width, stride }, kind]) => {
        const x = gaussian([batch, channels, height, width + stride], seed);
        const pool: Pool = (layers, picture) => layers[kind]('pool', picture, { window: [rows, columns], stride });
        const windows = Math.floor((width - columns) / stride) + 1;
        return {
          left: plain(modelOn(take(x, 3, range(width, stride)), {}, pool)),
          right: takeFrom(modelOn(x, {}, pool), 3, range(windows, 1)),
        };
      }),
  },
  {
    name: 'pools compute each channel separately',
    ops: ['maxPool2d', 'avgPool2d', 'globalAvgPool', 'globalMaxPool'],
    cases: fc
      .tuple(convChoices, fc.constantFrom(...(['maxPool2d', 'avgPool2d', 'globalAvgPool', 'globalMaxPool'] as const)))
      .map(([{ seed, batch, channels, rows, columns, height, width, stride }, kind]) => {
        const x = gaussian([batch, channels, height, width], seed);
        const order = shuffled(channels, seed + 1);
        const pool: Pool = (layers, picture) =>
          kind === 'globalAvgPool' || kind === 'globalMaxPool'
            ? layers[kind]('pool', picture)
            : layers[kind]('pool', picture, { window: [rows, columns], stride, rounding: 'ceil' });
        return {
          left: plain(modelOn(take(x, 1, order), {}, pool)),
          right: takeFrom(modelOn(x, {}, pool), 1, order),
        };
      }),
  },
  {
    name: 'adaptiveAvgPool2d is avgPool2d where its windows stand side by side',
    ops: ['adaptiveAvgPool2d', 'avgPool2d'],
    cases: convChoices.map(({ seed, batch, channels, rows, columns, height, width }) => {
      const x = gaussian([batch, channels, rows * height, columns * width], seed);
      const window = [rows, columns] as const;
      return {
        left: plain(
          modelOn(x, {}, (layers, picture) => layers.adaptiveAvgPool2d('pool', picture, { size: [height, width] })),
        ),
        right: plain(
          modelOn(x, {}, (layers, picture) => layers.avgPool2d('pool', picture, { window, stride: window })),
        ),
      };
    }),
  },
  {
    name: 'maxPool2d commutes with doubling',
    ops: ['maxPool2d'],
    cases: convChoices.map(({ seed, batch, channels, height, width, stride, padding }) => {
      const x = gaussian([batch, channels, height, width], seed);
      const twice: Tensor = { ...x, data: Float32Array.from(x.data, (value) => 2 * value) };
      const pool: Pool = (layers, picture) => layers.maxPool2d('pool', picture, { window: 3, stride, padding });
      return {
        left: plain(modelOn(twice, {}, pool)),
        right: {
          trials: [modelOn(x, {}, pool)],
          combine: ([result]) => ({ ...result, value: result.value.map((value) => 2 * value) }),
        },
      };
    }),
  },
  {
    name: 'maxPool2d commutes with relu',
    ops: ['maxPool2d', 'relu'],
    cases: convChoices.map(({ seed, batch, channels, height, width, stride, padding }) => {
      const x = gaussian([batch, channels, height, width], seed);
      const options = { window: 3, stride, padding };
      return {
        left: plain(
          modelOn(x, {}, (layers, picture) => layers.maxPool2d('pool', layers.relu('relu', picture), options)),
        ),
        right: plain(
          modelOn(x, {}, (layers, picture) => layers.relu('relu', layers.maxPool2d('pool', picture, options))),
        ),
      };
    }),
  },
  {
    name: 'avgPool2d is conv2d with constant weights',
    ops: ['avgPool2d', 'conv2d'],
    cases: fc
      .tuple(convChoices, fc.constantFrom([1, 2] as const, [2, 2] as const, [4, 2] as const, [4, 1] as const))
      .map(([{ seed, batch, channels, height, width, stride }, [rows, columns]]) => {
        const x = gaussian([batch, channels, height, width], seed);
        // A whole number of halvings, so that the weights are exact.
        const share = 1 / (rows * columns);
        const weight: Tensor = {
          shape: [channels, 1, rows, columns],
          dtype: 'float32',
          data: new Float32Array(channels * rows * columns).fill(share),
        };
        return {
          left: plain(
            modelOn(x, {}, (layers, picture) =>
              layers.avgPool2d('pool', picture, { window: [rows, columns], stride, padding: 1, countPadding: true }),
            ),
          ),
          right: plain(convOn(x, { weight }, { stride, padding: 1, groups: channels })),
        };
      }),
  },
];
