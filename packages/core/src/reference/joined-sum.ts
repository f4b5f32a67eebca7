import { identityOf } from '../graph/facts.js';
import { countElements } from '../tensor/shape.js';
import { arithmeticOf, type Bounds, boundSum } from './bounds.js';
import type { Producer } from './op-reference.js';

/** What it may cost that a library joins what follows a sum of products to that sum. */
export interface JoinedSum {
  /** For the magnitude of what comes in. */
  readonly factor: number;
  /** For what is flushed to zero. */
  readonly floor: number;
  /** For the error that the sum had already. */
  readonly growth: number;
}

/**
 * The bound of joining to the sum of products that computed a value; `undefined` where nothing can be joined to it.
 *
 * A library's optimiser may do so behind a convolution or a linear layer whose result one node alone reads: a constant
 * that is added becomes part of the bias, a batch norm or a constant factor scales weights and bias, another value that is added is where
 * the accumulator starts. Each is one more term of the sum, which passes through as many roundings as a bias does:
 * C·u of its magnitude, C that of `boundSum` for all terms joined so far. The sum's own error was granted for one term
 * less, and C(K + 1)/C(K) is at most 1 + 1/C(K), for K + 2 as for 4 + 2√K.
 */
export function joinedSum(before: Producer | undefined, bounds: Bounds): JoinedSum | undefined {
  const terms = countTerms(before);
  if (terms === undefined) return undefined;
  const { factor, floor } = boundSum(terms + 1, bounds, 'rounded');
  return { factor, floor, growth: 1 + arithmeticOf(bounds).unitRoundoff / boundSum(terms, bounds, 'rounded').factor };
}

/** The terms of a sum of products that is still open: what is done to it next can be joined to it. */
function countTerms(before: Producer | undefined): number | undefined {
  if (before === undefined || !before.alone) return undefined;
  const { node, inputs, producers } = before;
  switch (node.op) {
    case 'conv2d':
    case 'linear': {
      const [, [, ...products], bias] = inputs;
      if (node.attributes.activation !== 'none') return undefined;
      return countElements(products) + (bias === undefined ? 0 : 1);
    }
    case 'batchNorm':
      return withOneMore(producers.slice(0, 1));
    case 'add':
      return withOneMore(producers);
    case 'mul': {
      // By a constant, which scales the weights. What two sums give is no sum of products of either.
      const computed = producers.filter((producer) => producer !== undefined);
      return computed.length === 1 ? countTerms(computed[0]) : undefined;
    }
    // Moved behind what follows it, or away.
    case 'transpose':
      return countTerms(producers[0]);
    default:
      return isDropped(before) ? countTerms(producers[0]) : undefined;
  }
}

function withOneMore(producers: Producer['producers']): number | undefined {
  const counts = producers.map(countTerms).filter((count) => count !== undefined);
  return counts.length === 0 ? undefined : Math.max(...counts) + 1;
}

/**
 * How many terms a chain of adds alone has, 1 where a value is no such chain. A library may add them in any order:
 * each passes through at most as many roundings as there are other terms.
 */
export function countAddends(before: Producer | undefined): number {
  if (before === undefined || !before.alone || countTerms(before) !== undefined) return 1;
  const { node, producers } = before;
  if (node.op === 'add') return producers.reduce((sum, producer) => sum + countAddends(producer), 0);
  if (node.op === 'transpose') return countAddends(producers[0]);
  return isDropped(before) ? countAddends(producers[0]) : 1;
}

/** Whether the node gives its input back: a library drops it first. */
function isDropped({ node }: Producer): boolean {
  const identity = identityOf(node);
  return identity === 'always' || (identity === 'ofOneInput' && node.inputs.length === 1);
}
