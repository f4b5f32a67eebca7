import { checkFinite } from './check.js';
import type { Identity, OpSpec, Sign } from './op-spec.js';

/** Attributes of `clip`. A bound that is absent binds nothing; attributes survive JSON, so none is infinite. */
export interface ClipAttributes {
  readonly min?: number;
  readonly max?: number;
}

/**
 * y = min(max(x, min), max), the bounds taken as float32. Any rank. Where min is above max, y is max everywhere.
 *
 * Infinity gives the bound on its side; what it gives where that is absent is unspecified, for ONNX then clips to the
 * largest finite number, and PyTorch does not. What NaN gives is unspecified. ONNX Clip-13, PyTorch clamp; relu6 is
 * clip from 0 to 6.
 */
export const clipSpec: OpSpec<ClipAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: signOf,
  identity: identityOf,
  commutes: () => 'no',
  inferShape: (where, { min, max }, [x]) => {
    checkBound(where, 'min', min);
    checkBound(where, 'max', max);
    return x;
  },
  multiplyAdds: () => 0,
};

/** max has the last word. */
function signOf({ min, max }: ClipAttributes): Sign {
  if (max !== undefined && max < 0) return 'any';
  return min !== undefined && min >= 0 ? 'notNegative' : 'asInputs';
}

function identityOf({ min, max }: ClipAttributes): Identity {
  if (max !== undefined) return 'never';
  if (min === undefined) return 'always';
  return min <= 0 ? 'ofNotNegative' : 'never';
}

function checkBound(where: string, name: string, bound: number | undefined): void {
  if (bound !== undefined) checkFinite(where, name, bound, `leave ${name} out where there is no such bound`);
}
