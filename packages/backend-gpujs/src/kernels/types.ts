import type { ComputeKind, NodeOf, Shape } from '@strata/core';
import type { Extent } from './grid.js';

/** A tensor of the plan: flat, row-major, NCHW where it has four axes. */
export interface Value {
  readonly shape: Shape;
  readonly from:
    | { readonly kind: 'input'; readonly name: string }
    | { readonly kind: 'step'; readonly step: number }
    | { readonly kind: 'constant'; readonly data: Float32Array };
}

/** A kernel to be added to the plan. */
export interface KernelRequest {
  readonly shape: Shape;
  /** Threads; must hold as many elements as `shape`. */
  readonly extent: Extent;
  /** What it reads, by the names that `body` uses. */
  readonly reads: Readonly<Record<string, Value>>;
  /** Arrays uploaded once for all runs, by the names that `body` uses after `this.constants.`. */
  readonly constants?: Readonly<Record<string, Float32Array>>;
  /**
   * Source text that returns the thread's element, in the language of gpu.js. It may use the whole numbers `at`
   * (flat index of the element), `plane`, `pixel`, `row` and `column`, and reads arrays by the names it is given.
   */
  body(names: Readonly<Record<string, string>>): string;
}

/** What a lowering has to work with. */
export interface PlanWriter {
  /** How sums of products are best written for this mode and hardware. */
  readonly style: KernelStyle;
  /** The value of an earlier node, parameters included. */
  value(name: string): Value;
  /** The array of a parameter. */
  weights(name: string): Float32Array;
  /** An array made from weights; made once under its key and shared by all plans of the program. */
  derive(key: string, make: () => Float32Array): Float32Array;
  call(where: string, request: KernelRequest): Value;
}

export interface KernelStyle {
  /** Running sums in one thread: more break the chain of additions, too many spill from registers. */
  readonly accumulators: number;
  /** Most products written out without a loop. */
  readonly unroll: number;
  /** Most arrays that one kernel reads: GPUs have few bindings. */
  readonly reads: number;
  /** Whether a thread may return several outputs (only mode cpu can feed those to another kernel). */
  readonly blocks: boolean;
}

/** Adds the kernels of one node and returns its value. */
export type Lowering<K extends ComputeKind> = (node: NodeOf<K>, plan: PlanWriter) => Value;
