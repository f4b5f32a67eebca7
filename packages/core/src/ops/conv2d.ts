import { ShapeError } from '../errors.js';
import { formatShape, type Shape } from '../tensor/shape.js';
import { checkRank, checkSize, checkWhole, checkWindowed, NCHW } from './check.js';
import type { Activated, Fans, OpSpec } from './op-spec.js';
import { inferWindowed, type Windowed } from './window.js';

/** Attributes of `conv2d`. */
export interface Conv2dAttributes extends Windowed, Activated {
  /** Channels are cut into this many groups, each with its own filters; depthwise when it equals the input channels. */
  readonly groups: number;
}

const OIHW = ['out', 'in/groups', 'rows', 'columns'] as const;

/**
 * y[n,o,r,c] = b[o] + Σ w[o,i,u,v] · x[n, g·I+i, r·stride+u·dilation−top, c·stride+v·dilation−left]
 *
 * Cross-correlation, as in PyTorch and ONNX Conv-11. Input NCHW, weights OIHW, optional bias [out]. Pixels outside
 * count as zero. Group g of the output reads group g of the input. TensorFlow.js wants NHWC and HWIO.
 */
export const conv2dSpec: OpSpec<Conv2dAttributes> = {
  inputs: ['x', 'weights', 'bias'],
  arity: { optional: 1 },
  parameters: { weights: { start: fansOf, learned: true }, bias: { start: 'zero', learned: true } },
  takesActivation: true,
  hasAxis: false,
  sumsChannels: true,
  sign: () => 'any',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { groups, ...windowed }, [x, weights, bias]) => {
    checkWindowed(where, windowed);
    checkWhole(where, 'groups', groups, 1);
    checkRank(where, 'x', x, NCHW);
    checkRank(where, 'weights', weights, OIHW);
    const [batch, channels] = x;
    const [out, inPerGroup, rows, columns] = weights.map(Number);
    if (out % groups !== 0) {
      throw new ShapeError({
        where,
        got: `weights ${formatShape(weights)} in ${groups} groups`,
        want: 'output channels that the groups divide',
      });
    }
    checkSize(where, {
      what: 'weights',
      shape: weights,
      axis: 1,
      want: typeof channels === 'number' ? channels / groups : channels,
      meaning: groups === 1 ? 'input channels' : `= ${channels} input channels / ${groups} groups`,
      layout: OIHW,
    });
    if (bias !== undefined) {
      checkRank(where, 'bias', bias, ['out']);
      checkSize(where, { what: 'bias', shape: bias, axis: 0, want: out, meaning: 'output channels', layout: ['out'] });
    }
    checkWhole(where, 'input channels in a group', inPerGroup, 1);
    const size = inferWindowed(x, { where, window: [rows, columns], ...windowed, needsPixel: false });
    return [batch, out, ...size];
  },
  multiplyAdds: (_, [, weights], [batch, , height, width]) => {
    const [out, inPerGroup, rows, columns] = weights;
    return batch * height * width * out * inPerGroup * rows * columns;
  },
};

/** From weights [out, in/groups, rows, columns]; both within a group. PyTorch does not divide fan out by the groups. */
function fansOf({ groups }: Conv2dAttributes, [out, inPerGroup, rows, columns]: Shape): Fans {
  return { fanIn: inPerGroup * rows * columns, fanOut: (out / groups) * rows * columns };
}
