import type { LayerBuilder, Value } from '@strata/core';
import fc from 'fast-check';
import { type Recipe, trialsOf } from '../generators/compose.js';
import { picturesOf, plans } from '../generators/sizes.js';
import { anyValues, positiveValues } from '../generators/values.js';

/** One step of a random network: what to add, and numbers that its choices are taken from. */
interface GraphStep {
  readonly kind: StepKind;
  readonly from: number;
  readonly other: number;
  readonly pick: number;
}

/** The values that a step may read, all [batch, channels, height, width], and the numbers that it chooses by. */
interface Growing {
  readonly layers: LayerBuilder;
  readonly name: string;
  readonly values: readonly Value[];
  readonly x: Value;
  readonly step: GraphStep;
  /** Lets a value inside the step be asked for too. */
  readonly show: (value: Value) => Value;
}

/** More channels than this and the network grows too slow for the reference. */
const mostChannels = 24;

/** How each kind of step extends a network. Every one fits whatever picture it meets; it gives its input back where it can not. */
const steps = {
  conv: ({ layers, name, x, step: { pick, other } }) => {
    const channels = channelsOf(x);
    const groups = [2, 3, channels].find((count) => pick % 3 === 0 && channels % count === 0) ?? 1;
    const filters = groups * (1 + (other % 3));
    const window = [1, 3][pick % 2];
    const stride = pick % 5 === 0 ? 2 : 1;
    const options = { filters, window, stride, padding: (window - 1) / 2, groups, bias: pick % 7 !== 0 };
    return layers.conv2d(name, x, pick % 4 < 2 ? { ...options, activation: 'relu' } : options);
  },
  relu: ({ layers, name, x }) => layers.relu(name, x),
  dropout: ({ layers, name, x }) => layers.dropout(name, x, { rate: 0.4 }),
  batchNorm: ({ layers, name, x }) => layers.batchNorm(name, x),
  maxPool: ({ layers, name, x, step: { pick } }) =>
    pick % 2 === 0
      ? layers.maxPool2d(name, x, { window: 3, stride: 1, padding: 1 })
      : layers.maxPool2d(name, x, { window: 2, stride: 2, padding: [0, 0, 1, 1], rounding: 'ceil' }),
  avgPool: ({ layers, name, x, step: { pick } }) =>
    layers.avgPool2d(name, x, { window: 3, stride: 1 + (pick % 2), padding: 1, countPadding: pick % 3 === 0 }),
  softmax: ({ layers, name, x }) => layers.softmax(name, x, { axis: 1 }),
  lrn: ({ layers, name, x, step: { pick } }) => layers.lrn(name, x, { size: 2 + (pick % 4), alpha: 0.05, k: 1 }),
  concat: ({ layers, name, values, x, step: { other } }) => {
    const mates = values.filter((value) => sameButChannels(value, x));
    const joined = [x, mates[other % mates.length], ...(other % 3 === 0 ? [mates[0]] : [])];
    return joined.reduce((sum, value) => sum + channelsOf(value), 0) > mostChannels
      ? x
      : layers.concat(name, joined, { axis: other % 2 === 0 ? 1 : -3 });
  },
  add: ({ layers, name, values, x, step: { other } }) => {
    const mates = values.filter((value) => sameButChannels(value, x) && channelsOf(value) === channelsOf(x));
    if (other % 4 === 0) return layers.add(name, x, layers.parameter(`${name}.offset`, [channelsOf(x), 1, 1]));
    return layers.add(name, mates[other % mates.length], x);
  },
  gate: ({ layers, name, x }) => layers.add(name, layers.globalAvgPool(`${name}.mean`, x), x),
  inception: ({ layers, name, x, step: { pick, other } }) =>
    layers.scope(name, (inner) => {
      const own = (filters: number) => ({ filters, window: 1, activation: 'relu' as const });
      const three = { filters: 1 + (other % 3), window: 3, padding: 1, activation: 'relu' as const };
      const one = inner.conv2d('one', x, own(1 + (pick % 4)));
      const reduced = inner.conv2d('reduce', x, own(2));
      const wide = inner.conv2d('three', reduced, three);
      const pooled = inner.maxPool2d('pool', x, { window: 3, stride: 1, padding: 1 });
      return inner.concat('join', [one, wide, inner.conv2d('project', pooled, own(2))]);
    }),
  /** What a pass may fold and fuse into one node, unless a value in between has another reader. */
  normed: ({ layers, name, x, step: { pick }, show }) =>
    layers.scope(name, (inner) => {
      const conv = show(inner.conv2d('conv', x, { filters: channelsOf(x), window: 1, bias: pick % 2 === 0 }));
      const norm = show(inner.batchNorm('norm', conv));
      const relu = inner.relu('relu', norm);
      const second = [undefined, x, conv, norm, relu][pick % 5];
      return second === undefined ? relu : inner.add('sum', relu, second);
    }),
  /** Convolutions whose bias and relu a pass may move behind the join or the pool that alone reads them, or may not. */
  reduced: ({ layers, name, x, step: { pick, other }, show }) =>
    2 * channelsOf(x) > mostChannels
      ? x
      : layers.scope(name, (inner) => {
          const conv = (side: string, activated: boolean) => {
            const options = { filters: channelsOf(x), window: 1 };
            return inner.conv2d(side, x, activated ? { ...options, activation: 'relu' } : options);
          };
          const left = show(conv('left', pick % 2 === 0));
          const join = () =>
            inner.concat('join', [left, show(conv('right', pick % 3 !== 0))], { axis: pick % 3 === 1 ? 2 : 1 });
          const joined = other % 3 === 0 ? left : join();
          const pooled = inner.maxPool2d('pool', joined, { window: 3, stride: 1, padding: 1 });
          return other % 2 === 0 ? pooled : inner.add('sum', pooled, joined);
        }),
  /** A relu that is needed though one side of the join before it is never negative. */
  rectified: ({ layers, name, x, step: { pick } }) =>
    layers.scope(name, (inner) => {
      const left = inner.relu('left', x);
      const joined =
        pick % 2 === 0 || 2 * channelsOf(x) > mostChannels
          ? inner.add('sum', left, x)
          : inner.concat('join', pick % 3 === 0 ? [left, x] : [x, left]);
      return inner.relu('relu', joined);
    }),
} as const satisfies Record<string, (growing: Growing) => Value>;

type StepKind = keyof typeof steps;

/** Branches and joins more often than the rest: that is where names, readers and activations get mixed up. */
const stepKinds: readonly StepKind[] = [
  'conv',
  'conv',
  'conv',
  'relu',
  'relu',
  'dropout',
  'batchNorm',
  'batchNorm',
  'maxPool',
  'avgPool',
  'lrn',
  'softmax',
  'concat',
  'concat',
  'concat',
  'add',
  'add',
  'gate',
  'inception',
  'normed',
  'normed',
  'reduced',
  'reduced',
  'reduced',
  'reduced',
  'rectified',
];

const step: fc.Arbitrary<GraphStep> = fc.record({
  kind: fc.constantFrom(...stepKinds),
  from: fc.nat({ max: 5 }),
  other: fc.nat({ max: 29 }),
  pick: fc.nat({ max: 29 }),
});

/** Where the network ends: at its last picture, or in a classifier. */
const heads = fc.constantFrom('picture' as const, 'linear' as const, 'softmax' as const);

const graphRecipes: fc.Arbitrary<Recipe> = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 16 }),
    head: heads,
    observed: fc.nat({ max: 23 }),
    channels: fc.integer({ min: 1, max: 7 }),
    height: fc.integer({ min: 1, max: 11 }),
    width: fc.integer({ min: 1, max: 9 }),
    plan: plans,
    values: anyValues,
    weights: anyValues,
    variance: positiveValues,
  })
  .map(({ steps: chosen, head, observed, channels, height, width, plan, values, weights, variance }) => {
    const { declared, runs } = picturesOf(plan, { channels, height, width });
    return {
      inputs: [{ name: 'x', declared, values }],
      runs,
      parameters: { '*': weights, variance },
      build: (layers, [x]) => {
        const { values: grown, shown } = grow(layers, x, chosen);
        const last = finish(layers, grown[grown.length - 1], head);
        // A value in the middle that is asked for too: no pass may remove it or fuse it away.
        const asked = observed % 2 === 0 && shown.length > 0 ? shown : grown;
        const middle = asked[Math.floor(observed / 2) % asked.length];
        return middle === x || middle.name === last.name ? [last] : [last, middle];
      },
    };
  });

/** Every value that a later step may read, and those inside steps that may be asked for. */
function grow(layers: LayerBuilder, x: Value, chosen: readonly GraphStep[]): { values: Value[]; shown: Value[] } {
  const values: Value[] = [x];
  const shown: Value[] = [];
  const show = (value: Value) => {
    shown.push(value);
    return value;
  };
  for (const [index, one] of chosen.entries()) {
    // Mostly from the newest values, so that networks grow deep; branches start at older ones.
    const from = values[Math.max(0, values.length - 1 - one.from)];
    const added = steps[one.kind]({ layers, name: `n${index}`, values, x: from, step: one, show });
    if (!values.includes(added)) values.push(added);
  }
  return { values, shown };
}

function finish(layers: LayerBuilder, x: Value, head: 'picture' | 'linear' | 'softmax'): Value {
  if (head === 'picture') return layers.relu('end', x);
  const flat = layers.flatten('flat', layers.globalAvgPool('pool', x));
  const logits = layers.linear('fc', layers.dropout('dropout', flat, { rate: 0.2 }), { features: 5 });
  return head === 'softmax' ? layers.softmax('softmax', logits) : logits;
}

function channelsOf({ shape }: Value): number {
  const [, channels] = shape;
  return typeof channels === 'number' ? channels : 0;
}

function sameButChannels(a: Value, b: Value): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, axis) => axis === 1 || size === b.shape[axis]);
}

/** Networks of three nodes and more with branches that join; a failing one shrinks to its smallest. */
export const graphTrials = trialsOf(graphRecipes);
