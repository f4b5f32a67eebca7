import { orderRows, printable } from '../error-table.js';
import { WeightsError } from '../errors.js';
import { type Graph, nodesOf } from '../graph/graph.js';
import { ownValue, refuseOtherThanRecord } from '../records.js';
import { describeValue, isFloat32Array } from '../tags.js';
import { countElements, formatShape, type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Weights } from './weights.js';

/** A tensor that does not fit. */
interface Misfit {
  readonly kind: 'unfit' | 'missing' | 'surplus';
  readonly name: string;
  readonly got: string;
  readonly want: string;
}

/**
 * The weights of exactly the graph's parameters, as float32. Throws one `WeightsError` that lists every missing,
 * surplus, misshapen and non-finite tensor at once, as a table where there is more than one.
 */
export function bindWeights(graph: Graph, weights: Weights): Weights {
  refuseOtherThanRecord(weights, 'weights', 'an object of tensors by name', WeightsError);
  const parameters = nodesOf(graph, 'parameter');
  const wanted = new Set(parameters.map(({ name }) => name));
  const misfits = parameters.flatMap(({ name, attributes }) => {
    const misfit = findMisfit(ownValue(weights, name), attributes.shape);
    return misfit === undefined ? [] : [{ name, ...misfit }];
  });
  const surplus = Object.keys(weights).filter((name) => !wanted.has(name));
  if (misfits.length + surplus.length > 0) {
    const extra = surplus.map(
      (name) => ({ kind: 'surplus', name, got: describeTensor(ownValue(weights, name)), want: 'none' }) as const,
    );
    throw refusal([...misfits, ...extra], wanted.size, surplus.length);
  }
  return Object.fromEntries(parameters.map(({ name }) => [name, weights[name]]));
}

function findMisfit(got: Tensor | undefined, shape: Shape): Omit<Misfit, 'name'> | undefined {
  const want = formatShape(shape);
  if (got === undefined) return { kind: 'missing', got: 'missing', want };
  if (!isTensor(got)) return { kind: 'unfit', got: describeValue(got), want: 'a tensor' };
  if (!sameShape(got.shape, shape)) return { kind: 'unfit', got: formatShape(got.shape), want };
  if (got.dtype !== 'float32' || !isFloat32Array(got.data)) {
    return {
      kind: 'unfit',
      got: `${String(got.dtype)} in ${describeValue(got.data)}`,
      want: 'float32 in a Float32Array',
    };
  }
  const count = countElements(shape);
  if (got.data.length !== count) return { kind: 'unfit', got: `${got.data.length} elements`, want: `${count}` };
  const bad = firstNonFinite(got);
  return bad === -1 ? undefined : { kind: 'unfit', got: `${got.data[bad]} at element ${bad}`, want: 'finite values' };
}

function refusal(misfits: readonly Misfit[], wanted: number, surplus: number): WeightsError {
  const [first] = misfits;
  const groups = (['unfit', 'missing', 'surplus'] as const).map((kind) => misfits.filter((one) => one.kind === kind));
  const [unfit, missing] = groups.map(({ length }) => length);
  const counts = [
    [missing, 'missing'],
    [surplus, 'surplus'],
    [unfit, 'of another shape or content'],
  ] as const;
  const which =
    misfits.length === 1
      ? describeMisfit(first)
      : counts.flatMap(([count, kind]) => (count === 0 ? [] : [`${count} ${kind}`])).join(', ');
  const rows = orderRows(groups).map(({ name, got, want }) => [name, got, want].map(printable));
  return new WeightsError({
    where: 'weights',
    got: `${misfits.length} of ${wanted + surplus} tensors do not fit: ${which}`,
    want: `the ${wanted} parameters of the network, finite, in their shapes`,
    ...(misfits.length === 1 ? {} : { table: { columns: ['name', 'got', 'want'], rows } }),
  });
}

function describeMisfit({ kind, name, got, want }: Misfit): string {
  if (kind === 'surplus') return `${printable(name)} is not a parameter of this network`;
  return `${printable(name)} is ${got} (want ${want})`;
}

/** The shape of what is too much. */
function describeTensor(value: unknown): string {
  return isTensor(value) ? formatShape(value.shape) : describeValue(value);
}

/** The index of a tensor's first value that is not finite; -1 where all are. */
export function firstNonFinite({ data }: Tensor): number {
  // This reads every weight at every compile, without a branch: zero times a finite number is zero, and NaN otherwise.
  let even = 0;
  let odd = 0;
  for (let i = 1; i < data.length; i += 2) {
    even += 0 * data[i - 1];
    odd += 0 * data[i];
  }
  const last = data.length - 1;
  return even + odd + 0 * data[last] === 0 || last === -1 ? -1 : data.findIndex((value) => !Number.isFinite(value));
}

/** Whether it has the parts of a tensor: users of plain JavaScript give other things too. */
function isTensor(value: unknown): value is Tensor {
  return (
    typeof value === 'object' && value !== null && 'data' in value && 'shape' in value && Array.isArray(value.shape)
  );
}
