import { asFloat32, type Graph, type Node, type NodeOf, nodesOf, ownValue, type Weights } from '@strata/core';

/** The least and the largest value of each channel; 0 lies between them, as padding and relu make zeros. */
interface Range {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Far enough below float32's 3.4e38 for what libraries add up on the way: sums over a whole map, and the sums of
 * neighbours that Winograd's and Fourier's convolutions take.
 */
const LARGEST = 1e32;

/**
 * Whether no value of the network can leave float32 for pictures of at most `largest`, by interval arithmetic on each
 * channel: Σ min(w·low, w·high, 0) ≤ every partial sum of w·x ≤ Σ max(w·low, w·high, 0). False where that is not certain.
 *
 * Where it is not, the network's own output does not tell: ∞ − ∞ is NaN, of which relu makes 0 in some libraries, and
 * the rest of the network then computes a finite result from nothing.
 */
export function staysFinite(graph: Graph, weights: Weights, largest: number): boolean {
  const ranges = new Map<string, Range>();
  const parameters = new Set(nodesOf(graph, 'parameter').map(({ name }) => name));
  for (const node of graph.nodes) {
    if (parameters.has(node.name)) continue;
    const inputs = node.inputs.flatMap((name) => ranges.get(name) ?? []);
    const range = rangeOf(node, inputs, weights, largest);
    if (range === undefined || !isBelow(range, LARGEST)) return false;
    ranges.set(node.name, range);
  }
  return true;
}

/** `undefined` for ops that GoogLeNet does not have, and for an axis that is no channel. */
function rangeOf(node: Node, [x, ...others]: readonly Range[], weights: Weights, largest: number): Range | undefined {
  if (node.op === 'input') {
    const channels = node.attributes.shape[1];
    return typeof channels === 'number' ? mapChannels(channels, () => [-largest, largest]) : undefined;
  }
  if (x === undefined) return undefined;
  switch (node.op) {
    case 'conv2d':
      return sumOfProducts(node, x, weights, node.attributes.groups);
    case 'linear':
      return sumOfProducts(node, x, weights, 1);
    case 'batchNorm':
      return normalise(node, x, weights);
    case 'relu':
      return mapChannels(x.low.length, (c) => [Math.max(x.low[c], 0), Math.max(x.high[c], 0)]);
    case 'lrn': {
      // x / s^beta, and s = k + alpha/size · Σ x² is at least k. Squares leave float32 much earlier.
      const { k, beta } = node.attributes;
      return isBelow(x, Math.sqrt(LARGEST))
        ? mapChannels(x.low.length, (c) => [x.low[c] / k ** beta, x.high[c] / k ** beta])
        : undefined;
    }
    case 'concat':
      return node.attributes.axis === 1 ? join([x, ...others]) : undefined;
    case 'softmax':
      return mapChannels(x.low.length, () => [0, 1]);
    case 'maxPool2d':
    case 'avgPool2d':
    case 'globalAvgPool':
    case 'dropout':
    case 'flatten':
      return x;
    default:
      return undefined;
  }
}

/** `groups` as in a convolution. Of what was flattened, each channel's pixels stand together, as a window's do. */
function sumOfProducts(
  { inputs: [, weightName, biasName] }: NodeOf<'conv2d' | 'linear'>,
  x: Range,
  weights: Weights,
  groups: number,
): Range | undefined {
  const weight = ownValue(weights, weightName);
  const bias = biasName === undefined ? undefined : ownValue(weights, biasName)?.data;
  if (weight === undefined) return undefined;
  const [filters] = weight.shape;
  const data = asFloat32(weight);
  const channels = x.low.length / groups;
  const area = data.length / filters / channels;
  if (!Number.isInteger(channels) || !Number.isInteger(area)) return undefined;
  return mapChannels(filters, (filter) => {
    const offset = bias?.[filter] ?? 0;
    let [low, high] = [Math.min(offset, 0), Math.max(offset, 0)];
    let at = filter * channels * area;
    const first = Math.floor((filter * groups) / filters) * channels;
    for (let channel = first; channel < first + channels; channel++) {
      // Without a branch, which a processor cannot foresee: half of sum and sizes are the positive weights.
      let sum = 0;
      let sizes = 0;
      for (const end = at + area; at < end; at++) {
        sum += data[at];
        sizes += Math.abs(data[at]);
      }
      const positive = (sizes + sum) / 2;
      const negative = (sum - sizes) / 2;
      low += positive * x.low[channel] + negative * x.high[channel];
      high += positive * x.high[channel] + negative * x.low[channel];
    }
    return [low, high];
  });
}

/** y = (x − μ)·g + β with g = γ/√(σ² + ε). */
function normalise({ inputs, attributes }: NodeOf<'batchNorm'>, x: Range, weights: Weights): Range | undefined {
  const parts = inputs.slice(1).flatMap((name) => ownValue(weights, name)?.data ?? []);
  if (parts.length !== 4) return undefined;
  const [gamma, beta, mean, variance] = parts;
  return mapChannels(x.low.length, (c) => {
    const gain = gamma[c] / Math.sqrt(variance[c] + attributes.epsilon);
    const ends = [x.low[c] - mean[c], x.high[c] - mean[c]].map((value) => value * gain + beta[c]);
    return [Math.min(...ends), Math.max(...ends)];
  });
}

function join(parts: readonly Range[]): Range {
  return {
    low: Float64Array.from(parts.flatMap(({ low }) => [...low])),
    high: Float64Array.from(parts.flatMap(({ high }) => [...high])),
  };
}

function mapChannels(channels: number, rangeOfChannel: (channel: number) => readonly [number, number]): Range {
  const range: Range = { low: new Float64Array(channels), high: new Float64Array(channels) };
  for (let channel = 0; channel < channels; channel++) {
    const [least, most] = rangeOfChannel(channel);
    range.low[channel] = Math.min(least, 0);
    range.high[channel] = Math.max(most, 0);
  }
  return range;
}

/** False for NaN, too. */
function isBelow({ low, high }: Range, limit: number): boolean {
  return low.every((value) => value > -limit) && high.every((value) => value < limit);
}
