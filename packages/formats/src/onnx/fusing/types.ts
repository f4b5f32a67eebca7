import type { SymbolicShape } from '@strata/core';
import type { Known } from '../folding/known.js';
import type { OnnxFileNode } from '../opening/types.js';

/** What a node that may stand for several, or be spelled in another way, sees of the network before it. */
export interface Before {
  /** The node that makes a value. */
  makerOf(name: string): OnnxFileNode | undefined;
  knownOf(name: string): Known | undefined;
  /** The shape of a value that is known or has a layer. */
  shapeOf(name: string): SymbolicShape | undefined;
  /** The name of a batch that the file has as 1, where it was opened. */
  readonly batch?: string;
}

/** A node in the form that is imported: the file's own, or one that computes the same. */
export interface Form extends OnnxFileNode {
  /** What is known of inputs that are no values of the file, by position. */
  readonly known?: ReadonlyMap<number, Known>;
}

/** Another form of a node; `undefined` where it has none. */
export type Fuser = (node: OnnxFileNode, before: Before) => Form | undefined;
