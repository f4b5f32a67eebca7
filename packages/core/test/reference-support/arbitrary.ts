import fc from 'fast-check';
import type { OpAttributes } from '../../src/ops/types.js';
import { type Pair, spanOf } from '../../src/ops/window.js';

const pair = (min: number, max: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

/** A windowed op's attributes and a picture that it fits on; axes differ, strides leave remainders. */
const windowedArbitrary = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    window: pair(1, 4),
    stride: pair(1, 3),
    dilation: pair(1, 2),
    extra: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })),
    padding: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)),
    seed: fc.integer(),
  })
  .map(({ window, dilation, extra, ...rest }) => {
    const height = spanOf({ window: window[0], dilation: dilation[0] }) + extra[0];
    const width = spanOf({ window: window[1], dilation: dilation[1] }) + extra[1];
    return { window, dilation, height, width, ...rest };
  });

export interface ConvCase {
  readonly x: readonly number[];
  readonly weights: readonly number[];
  readonly bias: boolean;
  readonly attributes: OpAttributes['conv2d'];
  readonly seed: number;
}

export const convCase: fc.Arbitrary<ConvCase> = fc
  .record({
    windowed: windowedArbitrary,
    groups: fc.integer({ min: 1, max: 3 }),
    inPerGroup: fc.integer({ min: 1, max: 5 }),
    outPerGroup: fc.integer({ min: 1, max: 3 }),
    bias: fc.boolean(),
  })
  .map(({ windowed: { batch, height, width, window, stride, dilation, padding, seed }, ...channels }) => {
    const { groups, inPerGroup, outPerGroup, bias } = channels;
    return {
      x: [batch, groups * inPerGroup, height, width],
      weights: [groups * outPerGroup, inPerGroup, ...window],
      bias,
      attributes: { stride, padding, dilation, groups, activation: 'none' },
      seed,
    };
  });

export interface PoolCase {
  readonly x: readonly number[];
  readonly attributes: OpAttributes['avgPool2d'];
  readonly seed: number;
}

/** Padding stays below the window, so that every window has a pixel; dilation 1 keeps it from stepping over them. */
export const poolCase: fc.Arbitrary<PoolCase> = fc
  .record({
    windowed: windowedArbitrary,
    channels: fc.integer({ min: 1, max: 4 }),
    rounding: fc.constantFrom('floor' as const, 'ceil' as const),
    countPadding: fc.boolean(),
  })
  .map(({ windowed: { batch, height, width, window, stride, dilation, padding, seed }, channels, ...rest }) => {
    const [top, left, bottom, right] = padding;
    const padded = Math.max(top, bottom) < window[0] && Math.max(left, right) < window[1];
    const kept = padded && dilation[0] === 1 && dilation[1] === 1 ? padding : ([0, 0, 0, 0] as const);
    return {
      x: [batch, channels, height, width],
      attributes: { window, stride, dilation, padding: kept, ...rest },
      seed,
    };
  });
