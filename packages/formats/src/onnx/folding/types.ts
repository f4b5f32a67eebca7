import type { SymbolicShape } from '@strata/core';
import type { OnnxFileNode } from '../opening/types.js';
import type { Known } from './known.js';

/** A node whose value may be known, and what is known around it. */
export interface Folding {
  readonly node: OnnxFileNode;
  /** What is known of the input at a position. `InputError` where there is none, or it is computed at run time. */
  knownAt(position: number): Known;
  /** The shape of an input, known or not. */
  shapeAt(position: number): SymbolicShape;
  /** Takes so many elements from what folding may make. `UnsupportedError` when they are used up. */
  charge(elements: number): void;
}

/** Computes the value of a node whose inputs are known; `undefined` where a layer has to do it. */
export type Folder = (folding: Folding) => Known | undefined;
