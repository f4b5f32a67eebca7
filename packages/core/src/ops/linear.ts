import type { Shape } from '../tensor/shape.js';
import { checkRank, checkSize } from './check.js';
import type { Activated, Fans, OpSpec } from './op-spec.js';

/** Attributes of `linear`. */
export type LinearAttributes = Activated;

const WEIGHTS = ['out', 'in'] as const;

/** y[n,o] = b[o] + Σ w[o,i]·x[n,i]. Input [batch, in], weights [out, in] as in PyTorch, optional bias [out]. */
export const linearSpec: OpSpec<LinearAttributes> = {
  inputs: ['x', 'weights', 'bias'],
  arity: { optional: 1 },
  parameters: { weights: { start: fansOf, learned: true }, bias: { start: 'zero', learned: true } },
  takesActivation: true,
  hasAxis: false,
  sumsChannels: true,
  sign: () => 'any',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, _, [x, weights, bias]) => {
    checkRank(where, 'x', x, ['batch', 'in']);
    checkRank(where, 'weights', weights, WEIGHTS);
    const [batch, features] = x;
    const [out] = weights;
    checkSize(where, {
      what: 'weights',
      shape: weights,
      axis: 1,
      want: features,
      meaning: 'input features',
      layout: WEIGHTS,
    });
    if (bias !== undefined) {
      checkRank(where, 'bias', bias, ['out']);
      checkSize(where, { what: 'bias', shape: bias, axis: 0, want: out, meaning: 'outputs', layout: ['out'] });
    }
    return [batch, out];
  },
  multiplyAdds: (_, [x, weights]) => x[0] * weights[0] * weights[1],
};

/** From weights [out, in]. */
function fansOf(_: LinearAttributes, [out, features]: Shape): Fans {
  return { fanIn: features, fanOut: out };
}
