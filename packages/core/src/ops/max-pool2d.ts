import { checkRank, checkWhole, checkWindowed, NCHW } from './check.js';
import type { OpSpec } from './op-spec.js';
import { inferWindowed, type Pair, type Rounding, type Windowed } from './window.js';

/** Attributes of `maxPool2d`. */
export interface MaxPool2dAttributes extends Windowed {
  readonly window: Pair;
  readonly rounding: Rounding;
}

/**
 * y[n,k,r,c] = max over the window of x. NCHW. Padding is minus infinity, never zero; a window without one real pixel
 * is a `ShapeError`. Ceil rounding as in PyTorch and ONNX MaxPool-12. TensorFlow.js wasm 4.22 packs ceil rows wrongly.
 */
export const maxPool2dSpec: OpSpec<MaxPool2dAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'perChannel',
  inferShape: (where, { window, rounding, ...windowed }, [x]) => {
    for (const size of window) checkWhole(where, 'window', size, 1);
    checkWindowed(where, windowed);
    checkRank(where, 'x', x, NCHW);
    const [batch, channels] = x;
    return [batch, channels, ...inferWindowed(x, { where, window, rounding, ...windowed, needsPixel: true })];
  },
  multiplyAdds: () => 0,
};
