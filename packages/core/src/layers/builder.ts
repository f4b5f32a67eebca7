import { GraphError, ShapeError } from '../errors.js';
import { describeNode, type Graph, type Node } from '../graph/graph.js';
import { inferNode } from '../graph/infer.js';
import { verifyGraph } from '../graph/verify.js';
import type { OpAttributes, OpKind } from '../ops/types.js';
import type { Padding, Pair, Rounding } from '../ops/window.js';
import { formatShape, normaliseAxis, type Shape, type SymbolicShape } from '../tensor/shape.js';

/** The output of a layer: what the next layer takes. */
export interface Value {
  /** Full name, scopes included. */
  readonly name: string;
  readonly shape: SymbolicShape;
}

/** One number for rows and columns, or [rows, columns]. */
export type PairLike = number | Pair;

/** One number for all sides, [rows, columns] for both sides of each, or [top, left, bottom, right]. In input pixels. */
export type PaddingLike = number | Pair | Padding;

export interface WindowOptions {
  /** Window step in input pixels. 1 by default; pools step by their window. */
  readonly stride?: PairLike;
  /** 0 by default. */
  readonly padding?: PaddingLike;
  /** Distance of neighbouring window elements in input pixels. 1 by default. */
  readonly dilation?: PairLike;
}

export interface Conv2dOptions extends WindowOptions {
  /** Output channels. */
  readonly filters: number;
  readonly window: PairLike;
  readonly groups?: number;
  /** Whether there is a bias. True by default. */
  readonly bias?: boolean;
  /** `'relu'` adds a relu that takes the layer's name; the convolution is then `NAME.conv`. */
  readonly activation?: 'relu';
}

export interface PoolOptions extends WindowOptions {
  readonly window: PairLike;
  /** Whether a last, partial window counts. `'floor'` (it does not) by default. */
  readonly rounding?: Rounding;
}

export interface AvgPool2dOptions extends PoolOptions {
  /** Whether padding counts in the divisor. False by default, as in ONNX; PyTorch has true. */
  readonly countPadding?: boolean;
}

export interface LinearOptions {
  /** Output features. */
  readonly features: number;
  readonly bias?: boolean;
  readonly activation?: 'relu';
}

export interface LrnOptions {
  /** Channels in the window. */
  readonly size: number;
  /** 1e-4 by default, as in ONNX, Caffe and PyTorch. */
  readonly alpha?: number;
  /** 0.75 by default. */
  readonly beta?: number;
  /** 1 by default. */
  readonly k?: number;
}

/** What a node does, before it has a name and inputs. */
type Step = { [K in OpKind]: { readonly op: K; readonly attributes: OpAttributes[K] } }[OpKind];

/**
 * Builds a graph layer by layer. Each call infers shapes at once, so a `ShapeError` points at the line that caused it.
 *
 * A layer named `conv1` has the parameters `conv1.weight` and `conv1.bias`; inside `scope('stem', …)` all names start
 * with `stem.`.
 */
export class LayerBuilder {
  readonly #nodes: Map<string, { readonly node: Node; readonly shape: SymbolicShape }>;
  readonly #prefix: string;

  constructor(parent?: LayerBuilder, scope?: string) {
    this.#nodes = parent === undefined ? new Map() : parent.#nodes;
    this.#prefix = parent === undefined ? '' : `${parent.#prefix}${scope}.`;
  }

  /** Layers whose names start with `name.`. Returns what `build` returns. */
  scope<T>(name: string, build: (layers: LayerBuilder) => T): T {
    return build(new LayerBuilder(this, name));
  }

  /** A float32 tensor given to `run`. Sizes may be names: `['batch', 1, 'height', 'width']`; `typical` is one to expect. */
  input(name: string, shape: SymbolicShape, { typical }: { readonly typical?: Shape } = {}): Value {
    const attributes = typical === undefined ? { shape: [...shape] } : { shape: [...shape], typical: [...typical] };
    return this.#add(name, [], { op: 'input', attributes });
  }

  /** A float32 tensor taken from the weights at `compile`. */
  parameter(name: string, shape: Shape): Value {
    return this.#add(name, [], { op: 'parameter', attributes: { shape: [...shape] } });
  }

  conv2d(name: string, x: Value, options: Conv2dOptions): Value {
    const { filters, window, groups = 1, bias = true, activation } = options;
    const [rows, columns] = toPair(window);
    const channels = this.#knownSize(name, 'conv2d', x, 1, 'channels');
    if (channels % groups !== 0) {
      throw new ShapeError({
        where: this.#describe(name, 'conv2d'),
        got: `${channels} input channels in ${groups} groups`,
        want: 'input channels that the groups divide',
      });
    }
    const attributes = { ...toWindowed(options), groups, activation: 'none' as const };
    return this.#whole(() => {
      const weights = [this.parameter(`${name}.weight`, [filters, channels / groups, rows, columns])];
      if (bias) weights.push(this.parameter(`${name}.bias`, [filters]));
      const layer = (own: string) => this.#add(own, [x, ...weights], { op: 'conv2d', attributes });
      return this.#activate(name, activation, layer, 'conv');
    });
  }

  maxPool2d(name: string, x: Value, options: PoolOptions): Value {
    return this.#add(name, [x], { op: 'maxPool2d', attributes: toPool(options) });
  }

  avgPool2d(name: string, x: Value, options: AvgPool2dOptions): Value {
    return this.#add(name, [x], {
      op: 'avgPool2d',
      attributes: { ...toPool(options), countPadding: options.countPadding ?? false },
    });
  }

  /** [N,C,H,W] → [N,C,1,1]. */
  globalAvgPool(name: string, x: Value): Value {
    return this.#add(name, [x], { op: 'globalAvgPool', attributes: {} });
  }

  /** Along channels unless `axis` says otherwise; a negative axis counts from the end. */
  concat(name: string, inputs: readonly Value[], { axis = 1 }: { readonly axis?: number } = {}): Value {
    const rank = inputs[0]?.shape.length ?? 0;
    return this.#add(name, inputs, {
      op: 'concat',
      attributes: { axis: rank === 0 ? axis : this.#axis(name, 'concat', axis, rank) },
    });
  }

  relu(name: string, x: Value): Value {
    return this.#add(name, [x], { op: 'relu', attributes: {} });
  }

  linear(name: string, x: Value, { features, bias = true, activation }: LinearOptions): Value {
    const inputs = this.#knownSize(name, 'linear', x, 1, 'features');
    const attributes = { activation: 'none' as const };
    return this.#whole(() => {
      const weights = [this.parameter(`${name}.weight`, [features, inputs])];
      if (bias) weights.push(this.parameter(`${name}.bias`, [features]));
      const layer = (own: string) => this.#add(own, [x, ...weights], { op: 'linear', attributes });
      return this.#activate(name, activation, layer, 'linear');
    });
  }

  lrn(name: string, x: Value, { size, alpha = 1e-4, beta = 0.75, k = 1 }: LrnOptions): Value {
    return this.#add(name, [x], { op: 'lrn', attributes: { size, alpha, beta, k } });
  }

  /** Along the last axis unless `axis` says otherwise. */
  softmax(name: string, x: Value, { axis = -1 }: { readonly axis?: number } = {}): Value {
    return this.#add(name, [x], {
      op: 'softmax',
      attributes: { axis: this.#axis(name, 'softmax', axis, x.shape.length) },
    });
  }

  /** Parameters `NAME.scale`, `.shift`, `.mean` and `.variance`, each [channels]. */
  batchNorm(name: string, x: Value, { epsilon = 1e-5 }: { readonly epsilon?: number } = {}): Value {
    const channels = this.#knownSize(name, 'batchNorm', x, 1, 'channels');
    return this.#whole(() => {
      const parts = ['scale', 'shift', 'mean', 'variance'].map((part) => this.parameter(`${name}.${part}`, [channels]));
      return this.#add(name, [x, ...parts], { op: 'batchNorm', attributes: { epsilon } });
    });
  }

  dropout(name: string, x: Value, { rate }: { readonly rate: number }): Value {
    return this.#add(name, [x], { op: 'dropout', attributes: { rate } });
  }

  /** Two axes, cut before `axis`: 1 by default, which keeps the batch. */
  flatten(name: string, x: Value, { axis = 1 }: { readonly axis?: number } = {}): Value {
    return this.#add(name, [x], { op: 'flatten', attributes: { axis: axis < 0 ? axis + x.shape.length : axis } });
  }

  /** NumPy broadcasting. */
  add(name: string, a: Value, b: Value): Value {
    return this.#add(name, [a, b], { op: 'add', attributes: {} });
  }

  /** The finished, verified graph that computes `outputs`. Layers that no output needs are kept. */
  build(outputs: readonly Value[]): Graph {
    const graph: Graph = {
      nodes: [...this.#nodes.values()].map(({ node }) => node),
      outputs: outputs.map(({ name }) => name),
    };
    verifyGraph(graph);
    return deepFreeze(graph);
  }

  #add(ownName: string, inputs: readonly Value[], step: Step): Value {
    const name = `${this.#prefix}${ownName}`;
    const node: Node = { name, inputs: inputs.map((input) => input.name), ...step };
    for (const input of inputs) {
      if (this.#nodes.has(input.name)) continue;
      throw new GraphError({
        where: describeNode(node),
        got: `input '${input.name}'`,
        want: 'a value of this builder',
      });
    }
    if (this.#nodes.has(name)) {
      throw new GraphError({
        where: describeNode(node),
        got: 'a name that is taken',
        want: 'unique names',
        hint: 'give each layer its own name, or put it in a scope',
      });
    }
    const shape = inferNode(
      node,
      inputs.map((input) => input.shape),
    );
    this.#nodes.set(name, { node, shape });
    return { name, shape };
  }

  /** A layer of several nodes: all of them, or none when one does not fit. */
  #whole(build: () => Value): Value {
    const before = this.#nodes.size;
    try {
      return build();
    } catch (error) {
      for (const name of [...this.#nodes.keys()].slice(before)) this.#nodes.delete(name);
      throw error;
    }
  }

  #activate(name: string, activation: 'relu' | undefined, layer: (name: string) => Value, suffix: string): Value {
    return activation === undefined ? layer(name) : this.relu(name, layer(`${name}.${suffix}`));
  }

  #axis(name: string, op: OpKind, axis: number, rank: number): number {
    return normaliseAxis(axis, rank, this.#describe(name, op));
  }

  /** A size that weights depend on, so it can not stay open. */
  #knownSize(name: string, op: OpKind, x: Value, axis: number, what: string): number {
    const size = x.shape[axis];
    if (typeof size === 'number') return size;
    throw new ShapeError({
      where: this.#describe(name, op),
      got: `${x.name} ${formatShape(x.shape)}`,
      want: size === undefined ? `axis ${axis} = ${what}` : `a number of ${what} on axis ${axis}, not a name`,
      hint: size === undefined ? undefined : 'the size of the weights depends on it',
    });
  }

  #describe(name: string, op: OpKind): string {
    return describeNode({ name: `${this.#prefix}${name}`, op });
  }
}

function toPair(pair: PairLike): Pair {
  return typeof pair === 'number' ? [pair, pair] : [pair[0], pair[1]];
}

function toPadding(padding: PaddingLike): Padding {
  if (typeof padding === 'number') return [padding, padding, padding, padding];
  const [top, left, bottom = top, right = left] = padding;
  return [top, left, bottom, right];
}

function toWindowed({ stride = 1, padding = 0, dilation = 1 }: WindowOptions) {
  return { stride: toPair(stride), padding: toPadding(padding), dilation: toPair(dilation) };
}

function toPool({ window, rounding = 'floor', ...options }: PoolOptions) {
  return { ...toWindowed({ stride: window, ...options }), window: toPair(window), rounding };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
