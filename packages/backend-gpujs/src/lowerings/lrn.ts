import { describeNode } from '@strata/core';
import { int, loop, quotient } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';

/** y = x / (k + alpha/size · Σ x²)^beta over neighbouring channels, the window cut at the edges. */
export const lrn: Lowering<'lrn'> = (node, plan) => {
  const { size, alpha, beta, k } = node.attributes;
  const x = plan.value(node.inputs[0]);
  const [batch, channels, height, width] = x.shape;
  const before = Math.floor((size - 1) / 2);
  const after = Math.ceil((size - 1) / 2);
  return plan.call(describeNode(node), {
    shape: x.shape,
    extent: { planes: batch * channels, rows: height, columns: width },
    reads: { x },
    constants: { settings: Float32Array.of(alpha / size, beta, k) },
    body: (names) => `
      ${int('channel', batch === 1 ? 'plane' : quotient('plane', channels))}
      ${batch === 1 ? '' : `channel = plane - channel * ${channels};`}
      ${int('first', `channel - ${before}`)}
      if (first < 0) { first = 0; }
      ${int('last', `channel + ${after}`)}
      if (last > ${channels - 1}) { last = ${channels - 1}; }
      ${int('cell', `(plane - channel + first) * ${height * width} + pixel`)}
      let squares = 0.0;
      let neighbour = 0.0;
      ${loop(
        'i',
        Math.min(size, channels),
        `if (first <= last) {
          neighbour = ${names.x}[cell];
          squares += neighbour * neighbour;
        }
        first += 1;
        cell += ${height * width};`,
      )}
      let bracket = this.constants.settings[2] + this.constants.settings[0] * squares;
      return ${names.x}[at] / ${power(beta)};`,
  });
};

/** bracket^beta; by square roots where they do, for a GPU's `pow` goes through a rounded logarithm. */
function power(beta: number): string {
  if (beta === 0.5) return 'Math.sqrt(bracket)';
  if (beta === 0.75) return '(Math.sqrt(bracket) * Math.sqrt(Math.sqrt(bracket)))';
  if (beta === 1) return 'bracket';
  return 'Math.pow(bracket, this.constants.settings[1])';
}
