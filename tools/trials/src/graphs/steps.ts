import type { Dim, LayerBuilder, Pair, Value } from '@strata/core';

/** One step of a random network: what to add, and numbers that its choices are taken from. */
export interface GraphStep {
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

/** relu6, and bounds that make a pass think twice: one that cuts nothing behind a relu, crossed ones, none. */
const clips = [
  { min: 0, max: 6 },
  { min: -0.4, max: 0.7 },
  { min: 0 },
  { max: 0.5 },
  { min: 0.2, max: -0.3 },
  {},
] as const;

/** A window with as much padding as gives one window to each pixel, whatever the picture's size: the odd one after it. */
function wholePicture(window: number | Pair, dilation = 1) {
  const sizes = typeof window === 'number' ? ([window, window] as const) : window;
  const [rows, columns] = sizes.map((size) => (size - 1) * dilation);
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { window, dilation, padding: [top, left, rows - top, columns - left] } as const;
}

/** How each kind of step extends a network. Every one fits whatever picture it meets; it gives its input back where it cannot. */
export const steps = {
  conv: ({ layers, name, x, step: { pick, other } }) => {
    const channels = channelsOf(x);
    const groups = [2, 3, channels].find((count) => pick % 3 === 0 && channels % count === 0) ?? 1;
    const filters = groups * (1 + (other % 3));
    const stride = pick % 5 === 0 ? 2 : 1;
    const dilation = other % 7 === 0 ? 2 : 1;
    const sizes = pick % 2 === 0 ? 1 : ([3, 1 + (other % 4)] as const);
    const options = { filters, ...wholePicture(sizes, dilation), stride, groups, bias: pick % 7 !== 0 };
    return layers.conv2d(name, x, pick % 4 < 2 ? { ...options, activation: 'relu' } : options);
  },
  relu: ({ layers, name, x }) => layers.relu(name, x),
  sigmoid: ({ layers, name, x }) => layers.sigmoid(name, x),
  clip: ({ layers, name, x, step: { pick } }) => layers.clip(name, x, clips[pick % clips.length]),
  leakyRelu: ({ layers, name, x, step: { pick } }) =>
    layers.leakyRelu(name, x, { alpha: [0.01, 0.3, 1.5, -0.2][pick % 4] }),
  hardSigmoid: ({ layers, name, x, step: { pick } }) =>
    layers.hardSigmoid(name, x, pick % 2 === 0 ? {} : { alpha: 1 / 6 }),
  dropout: ({ layers, name, x }) => layers.dropout(name, x, { rate: 0.4 }),
  batchNorm: ({ layers, name, x }) => layers.batchNorm(name, x),
  maxPool: ({ layers, name, x, step: { pick } }) =>
    pick % 2 === 0
      ? layers.maxPool2d(name, x, { ...wholePicture([3, 1 + (pick % 3)]), stride: [1, 1 + (pick % 5)] })
      : layers.maxPool2d(name, x, { window: 2, stride: 2, padding: [0, 0, 1, 1], rounding: 'ceil' }),
  avgPool: ({ layers, name, x, step: { pick } }) =>
    layers.avgPool2d(name, x, {
      ...wholePicture([1 + (pick % 4), 3]),
      stride: 1 + (pick % 2),
      rounding: pick % 5 === 0 ? 'ceil' : 'floor',
      countPadding: pick % 3 === 0,
    }),
  adaptivePool: ({ layers, name, x, step: { pick, other } }) => {
    const [, , height, width] = x.shape;
    const size = (side: Dim, most: number) => (typeof side === 'number' ? 1 + (most % 4) : 1);
    return layers.adaptiveAvgPool2d(name, x, { size: [size(height, pick), size(width, other)] });
  },
  softmax: ({ layers, name, x, step: { pick } }) => layers.softmax(name, x, { axis: 1 + (pick % 3) }),
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
  /** A convolution that what is added behind it may join: constants, of which one is read twice, and its own input. */
  shifted: ({ layers, name, x, step: { pick, other }, show }) =>
    layers.scope(name, (inner) => {
      const channels = channelsOf(x);
      const conv = inner.conv2d('conv', x, { filters: channels, window: 1, bias: pick % 3 !== 0 });
      const offset = inner.parameter('offset', [channels, 1, 1]);
      const once = show(inner.add('once', conv, offset));
      const between = [
        () => once,
        () => inner.batchNorm('norm', once),
        () => inner.dropout('drop', once, { rate: 0.1 }),
      ];
      return inner.add('twice', pick % 2 === 0 ? offset : x, between[other % between.length]());
    }),
  gate: ({ layers, name, x, step: { pick } }) => {
    const mean = pick % 3 === 0 ? layers.globalMaxPool(`${name}.most`, x) : layers.globalAvgPool(`${name}.mean`, x);
    return pick % 2 === 0 ? layers.add(name, mean, x) : layers.mul(name, x, mean);
  },
  /** A convolution whose weights a constant factor may scale, of a channel or of all, before a sum or behind one. */
  scaled: ({ layers, name, x, step: { pick, other }, show }) =>
    layers.scope(name, (inner) => {
      const channels = channelsOf(x);
      const conv = inner.conv2d('conv', x, { filters: channels, window: 1, bias: pick % 2 === 0 });
      const factor = inner.parameter('factor', other % 3 === 0 ? [] : [channels, 1, 1]);
      const sum = () => show(inner.add('sum', conv, inner.parameter('offset', [channels, 1, 1])));
      const product = inner.mul('product', other % 2 === 0 ? factor : conv, other % 2 === 0 ? conv : factor);
      return pick % 3 === 0
        ? inner.add('last', show(product), x)
        : pick % 3 === 1
          ? inner.mul('last', sum(), factor)
          : product;
    }),
  /** The picture on its side: what was open as a height is a width. */
  turn: ({ layers, name, x }) => layers.transpose(name, x, { permutation: [0, 1, 3, 2] }),
  /** Channels of groups one by one, as ShuffleNet has them. Pixels come first meanwhile: an axis in front may be copied. */
  shuffle: ({ layers, name, x, step: { pick } }) =>
    layers.scope(name, (inner) => {
      const groups = [2, 3].find((count) => channelsOf(x) % count === 0) ?? 1;
      const last = inner.transpose('last', x, { permutation: [0, 2, 3, 1] });
      const apart = inner.reshape('apart', last, { shape: [0, 0, 0, groups, -1] });
      const mixed = inner.transpose('mixed', apart, { permutation: [0, 1, 2, 4, 3] });
      const joined = inner.reshape('joined', mixed, { shape: [0, 0, 0, pick % 2 === 0 ? -1 : channelsOf(x)] });
      return inner.transpose('first', joined, { permutation: [0, 3, 1, 2] });
    }),
  /** Some places of any axis but the batch, never none. */
  crop: ({ layers, name, x, step: { pick, other } }) => {
    const ends = [{ start: -1 - (other % 5) }, { end: 1 + (other % 5) }, { start: -3, step: 2 }, { step: 2 }];
    return layers.slice(name, x, { axis: 1 + (pick % 3), ...ends[other % ends.length] });
  },
  pad: ({ layers, name, x, step: { pick, other } }) => {
    const channels = channelsOf(x) < mostChannels ? pick % 2 : 0;
    const [before, after] = [
      [0, channels, other % 3, pick % 2],
      [0, 0, pick % 3, other % 2],
    ];
    return layers.pad(name, x, { before, after, value: [0, 0, 0.5, -2][other % 4] });
  },
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
export const stepKinds: readonly StepKind[] = [
  'conv',
  'conv',
  'conv',
  'relu',
  'relu',
  'sigmoid',
  'clip',
  'clip',
  'leakyRelu',
  'hardSigmoid',
  'dropout',
  'batchNorm',
  'batchNorm',
  'maxPool',
  'avgPool',
  'adaptivePool',
  'lrn',
  'softmax',
  'concat',
  'concat',
  'concat',
  'add',
  'add',
  'shifted',
  'shifted',
  'scaled',
  'scaled',
  'turn',
  'shuffle',
  'crop',
  'pad',
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

function channelsOf({ shape }: Value): number {
  const [, channels] = shape;
  return typeof channels === 'number' ? channels : 0;
}

function sameButChannels(a: Value, b: Value): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, axis) => axis === 1 || size === b.shape[axis]);
}
