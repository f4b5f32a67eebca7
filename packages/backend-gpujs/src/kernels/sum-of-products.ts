import { at, int, loop } from './source.js';
import type { KernelStyle } from './types.js';

/** One axis of a sum: so many terms, each so far from the last in the two arrays. */
export interface SumAxis {
  readonly count: number;
  /** Elements between neighbours in `x`. */
  readonly inX: number;
  /** Elements between neighbours in the weights. */
  readonly inWeights: number;
}

export interface SumRequest {
  /** Name of the array. */
  readonly x: string;
  /** Name of the weights; without it every weight is 1. */
  readonly weights?: string;
  /** Flat index of the first element of each. */
  readonly startX: string;
  readonly startWeights?: string;
  /** Outermost first; axes of one term may stand anywhere. */
  readonly axes: readonly SumAxis[];
  /** What the sum starts from: the bias, or `0.0`. */
  readonly initial: string;
}

/**
 * Source text that leaves Σ x·w, or Σ x, in `sum`. Innermost terms are written out as far as the style allows, the rest is
 * loops that only add to two indices: no multiplication, no branch.
 */
export function sumOfProducts(request: SumRequest, style: KernelStyle): string {
  const axes = mergeAxes(request.axes);
  const sums = Math.min(
    style.accumulators,
    axes.reduce((terms, { count }) => terms * count, 1),
  );
  return [
    `let sum = ${request.initial};`,
    ...Array.from({ length: sums - 1 }, (_, i) => `let ${nameOfSum(i + 1)} = 0.0;`),
    int('xi', request.startX),
    request.startWeights === undefined ? '' : int('wi', request.startWeights),
    nest(axes, 0, request, { unroll: style.unroll, sums }),
    ...Array.from({ length: sums - 1 }, (_, i) => `sum += ${nameOfSum(i + 1)};`),
  ].join('\n');
}

interface Writing {
  readonly unroll: number;
  readonly sums: number;
}

function nest(axes: readonly SumAxis[], depth: number, request: SumRequest, writing: Writing): string {
  const terms = axes.reduce((product, { count }) => product * count, 1);
  if (terms <= writing.unroll) return writeTerms(offsetsOf(axes), request, writing.sums);
  const [outer, ...inner] = axes;
  if (inner.length === 0) return chunk(outer, depth, request, writing);
  const body = nest(inner, depth + 1, request, writing);
  // What the inner loops moved the indices by, where they are loops.
  const [moved] = inner.reduce((product, { count }) => product * count, 1) <= writing.unroll ? [] : inner;
  const stepX = outer.inX - (moved === undefined ? 0 : moved.count * moved.inX);
  const stepWeights = outer.inWeights - (moved === undefined ? 0 : moved.count * moved.inWeights);
  return loop(`i${depth}`, outer.count, `${body}\n${move(stepX, stepWeights, request)}`);
}

/** One long axis: rounds of as many terms as are written out, then the remainder. */
function chunk({ count, inX, inWeights }: SumAxis, depth: number, request: SumRequest, writing: Writing): string {
  const size = Math.min(writing.unroll, CHUNK);
  const rounds = Math.floor(count / size);
  const terms = (length: number) => writeTerms(offsetsOf([{ count: length, inX, inWeights }]), request, writing.sums);
  const body = `${terms(size)}\n${move(size * inX, size * inWeights, request)}`;
  const rest = count - rounds * size;
  const restMove = move(rest * inX, rest * inWeights, request);
  return [loop(`i${depth}`, rounds, body), rest === 0 ? '' : `${terms(rest)}\n${restMove}`].join('\n');
}

/** Terms of a long axis in one round. */
const CHUNK = 8;

interface Offset {
  readonly x: number;
  readonly weights: number;
}

function offsetsOf(axes: readonly SumAxis[]): Offset[] {
  return axes.reduce<Offset[]>(
    (offsets, { count, inX, inWeights }) =>
      offsets.flatMap(({ x, weights }) =>
        Array.from({ length: count }, (_, i) => ({ x: x + i * inX, weights: weights + i * inWeights })),
      ),
    [{ x: 0, weights: 0 }],
  );
}

function writeTerms(offsets: readonly Offset[], { x, weights }: SumRequest, sums: number): string {
  const products = offsets.map((offset) => {
    const element = at(x, 'xi', offset.x);
    return weights === undefined ? element : `${element} * ${at(weights, 'wi', offset.weights)}`;
  });
  return Array.from({ length: Math.min(sums, products.length) }, (_, i) => {
    const share = products.filter((_product, term) => term % sums === i);
    return `${nameOfSum(i)} += ${share.join(' + ')};`;
  }).join('\n');
}

function nameOfSum(index: number): string {
  return index === 0 ? 'sum' : `sum${index}`;
}

function move(inX: number, inWeights: number, { weights }: SumRequest): string {
  return `${advance('xi', inX)} ${weights === undefined ? '' : advance('wi', inWeights)}`;
}

function advance(index: string, step: number): string {
  if (step === 0) return '';
  return step > 0 ? `${index} += ${step};` : `${index} -= ${-step};`;
}

/** Leaves out axes of one term, all of them if need be, and joins neighbours that are one longer axis in both arrays. */
function mergeAxes(axes: readonly SumAxis[]): SumAxis[] {
  const merged: SumAxis[] = [];
  for (const axis of axes.filter(({ count }) => count > 1)) {
    const outer = merged.at(-1);
    const continues =
      outer !== undefined && outer.inX === axis.count * axis.inX && outer.inWeights === axis.count * axis.inWeights;
    if (continues) merged[merged.length - 1] = { ...axis, count: outer.count * axis.count };
    else merged.push(axis);
  }
  return merged;
}
