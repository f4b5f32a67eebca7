import { checkRank, checkWhole, checkWindowed, NCHW } from './check.js';
import type { OpSpec } from './op-spec.js';
import { inferWindowed, type Pair, type Rounding, type Windowed } from './window.js';

/** Attributes of `avgPool2d`. */
export interface AvgPool2dAttributes extends Windowed {
  readonly window: Pair;
  readonly rounding: Rounding;
  /** Whether padding pixels count in the divisor (as zeros). The overhang of ceil rounding never counts. */
  readonly countPadding: boolean;
}

/**
 * y[n,k,r,c] = Σ window of x / count. NCHW. `count` is the real pixels in the window, and with `countPadding` the
 * declared padding too (PyTorch count_include_pad, ONNX AveragePool-19), but never what ceil rounding adds beyond it.
 */
export const avgPool2dSpec: OpSpec<AvgPool2dAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { window, rounding, countPadding, ...windowed }, [x]) => {
    for (const size of window) checkWhole(where, 'window', size, 1);
    checkWindowed(where, windowed);
    checkRank(where, 'x', x, NCHW);
    const [batch, channels] = x;
    const needsPixel = !countPadding;
    return [batch, channels, ...inferWindowed(x, { where, window, rounding, ...windowed, needsPixel })];
  },
  multiplyAdds: () => 0,
};
