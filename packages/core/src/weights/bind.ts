import { WeightsError } from '../errors.js';
import { type Graph, nodesOf } from '../graph/graph.js';
import { countElements, formatShape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Weights } from './weights.js';

/**
 * The weights of exactly the graph's parameters, as float32. Throws one `WeightsError` that lists every missing,
 * surplus, misshapen and non-finite tensor at once.
 */
export function bindWeights(graph: Graph, weights: Weights): Weights {
  const parameters = nodesOf(graph, 'parameter');
  const wanted = new Set(parameters.map(({ name }) => name));
  const misfits = parameters.flatMap(({ name, attributes }) => {
    const got = Object.hasOwn(weights, name) ? weights[name] : undefined;
    if (got === undefined) return [`${name} is missing (want ${formatShape(attributes.shape)})`];
    if (!sameShape(got.shape, attributes.shape)) {
      return [`${name} is ${formatShape(got.shape)} (want ${formatShape(attributes.shape)})`];
    }
    if (got.dtype !== 'float32' || !(got.data instanceof Float32Array)) {
      return [`${name} is ${got.dtype} in a ${got.data.constructor.name} (want float32 in a Float32Array)`];
    }
    const count = countElements(got.shape);
    if (got.data.length !== count) return [`${name} has ${got.data.length} elements (want ${count})`];
    const bad = firstNonFinite(got);
    return bad === -1 ? [] : [`${name} has ${got.data[bad]} at element ${bad}`];
  });
  const surplus = Object.keys(weights).filter((name) => !wanted.has(name));
  const faults = [...misfits, ...surplus.map((name) => `${printable(name)} is not a parameter of this network`)];
  if (faults.length > 0) {
    throw new WeightsError({
      where: 'weights',
      got: `${faults.length} of ${wanted.size + surplus.length} tensors do not fit: ${faults.join('; ')}`,
      want: `the ${wanted.size} parameters of the network, finite, in their shapes`,
    });
  }
  return Object.fromEntries(parameters.map(({ name }) => [name, weights[name]]));
}

function firstNonFinite({ data }: Tensor): number {
  // This reads every weight at every compile: zero times a number is zero, and NaN for what is none, without a branch.
  let even = 0;
  let odd = 0;
  for (let i = 1; i < data.length; i += 2) {
    even += 0 * data[i - 1];
    odd += 0 * data[i];
  }
  const last = data.length - 1;
  return even + odd + 0 * data[last] === 0 || last === -1 ? -1 : data.findIndex((value) => !Number.isFinite(value));
}

/** The name on one line: a file may call a tensor anything. */
function printable(name: string): string {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? JSON.stringify(name) : name;
}
