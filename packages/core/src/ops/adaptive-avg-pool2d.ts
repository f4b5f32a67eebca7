import { ShapeError } from '../errors.js';
import { formatShape } from '../tensor/shape.js';
import { checkRank, checkWhole, NCHW } from './check.js';
import type { OpSpec } from './op-spec.js';
import type { Pair } from './window.js';

/** Attributes of `adaptiveAvgPool2d`. */
export interface AdaptiveAvgPool2dAttributes {
  /** [height, width] of the result. */
  readonly size: Pair;
}

/**
 * y[n,k,i,j] = mean of x[n,k,r,c], r from ⌊i·H/h⌋ to before ⌈(i+1)·H/h⌉, c likewise with W and w; `size` is [h, w].
 * NCHW → [N,C,h,w], as PyTorch's AdaptiveAvgPool2d; ONNX has no such operator. Windows overlap where h does not divide H.
 *
 * Where h is not 1 the picture's height has to be known when the graph is built, and its width where w is not 1: in ONNX
 * the windows are constants.
 */
export const adaptiveAvgPool2dSpec: OpSpec<AdaptiveAvgPool2dAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { size }, [x]) => {
    for (const side of size) checkWhole(where, 'size', side, 1);
    checkRank(where, 'x', x, NCHW);
    for (const axis of [0, 1]) {
      if (size[axis] === 1 || typeof x[axis + 2] === 'number') continue;
      throw new ShapeError({
        where,
        got: `x ${formatShape(x)} for size ${formatShape(size)}`,
        want: `a known ${NCHW[axis + 2]}`,
        hint: 'give the input a fixed picture size, or pool to 1 along that axis',
      });
    }
    const [batch, channels] = x;
    return [batch, channels, ...size];
  },
  multiplyAdds: () => 0,
};

/** Where each of `count` windows over `length` elements of an axis starts, and before which it ends. */
export function adaptiveWindows(length: number, count: number): (readonly [start: number, end: number])[] {
  return Array.from({ length: count }, (_, i) => [
    Math.floor((i * length) / count),
    Math.ceil(((i + 1) * length) / count),
  ]);
}
