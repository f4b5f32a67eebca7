import { ShapeError } from '../errors.js';
import { formatShape } from '../tensor/shape.js';
import { checkRank, checkSize } from './check.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `batchNorm`. */
export interface BatchNormAttributes {
  /** Added to the variance before the root. */
  readonly epsilon: number;
}

const PER_CHANNEL = ['scale', 'shift', 'mean', 'variance'] as const;

/**
 * y = γ·(x − μ)/√(σ² + ε) + β for each channel (axis 1), with stored mean and variance. x [batch, channels, …],
 * scale γ, shift β, mean μ, variance σ² [channels]. Inference form of ONNX BatchNormalization-15, PyTorch BatchNorm2d.
 */
export const batchNormSpec: OpSpec<BatchNormAttributes> = {
  inputs: ['x', ...PER_CHANNEL],
  arity: 'fixed',
  parameters: {
    scale: { start: 'one', learned: true },
    shift: { start: 'zero', learned: true },
    mean: { start: 'zero', learned: false },
    variance: { start: 'one', learned: false },
  },
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'any',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { epsilon }, [x, ...statistics]) => {
    if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
      throw new ShapeError({ where, got: `epsilon ${epsilon}`, want: '0 or more' });
    }
    if (x.length < 2) {
      throw new ShapeError({
        where,
        got: `x ${formatShape(x)}`,
        want: 'at least 2 axes',
        hint: 'x is [batch, channels, …]',
      });
    }
    for (const [index, shape] of statistics.entries()) {
      const what = PER_CHANNEL[index];
      checkRank(where, what, shape, ['channels']);
      checkSize(where, { what, shape, axis: 0, want: x[1], meaning: 'channels', layout: ['channels'] });
    }
    return x;
  },
  multiplyAdds: () => 0,
};
