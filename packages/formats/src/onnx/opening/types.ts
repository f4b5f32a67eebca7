import type { SymbolicShape } from '@strata/core';
import type { ElementType, StoredTensor } from '../../stored-tensor.js';
import type { OnnxNode } from '../reading/types.js';

/** A tensor of an ONNX file. */
export interface OnnxTensor extends StoredTensor {
  /**
   * The values of whole numbers or truth values, as axes and shapes are stored; beyond 2⁵³ they are rounded.
   * `UnsupportedError` for all other types, and for more than 65,536 of them.
   */
  readWhole(): readonly number[];
}

/** What goes into a network, or comes out of it. */
export interface OnnxValue {
  readonly name: string;
  /** Absent where the file does not say it, or the value is no tensor. */
  readonly dtype?: ElementType;
  /** Open sizes have their name, or `NAME:AXIS` where the file gives none. Absent where the file gives no shape. */
  readonly shape?: SymbolicShape;
}

/** A node as the file has it. */
export interface OnnxFileNode extends OnnxNode {
  /**
   * Operator, `'Conv'`; of another domain than ONNX's own with that before it, `'com.microsoft.FusedConv'`, so that none
   * is taken for another.
   */
  readonly op: string;
  /** Version of the operator set of its domain. */
  readonly opset: number;
  /** Names of its values in order; `''` where one is left out. */
  readonly outputs: readonly string[];
  /** Those of its attributes that are tensors, by name; absent where there is none. */
  readonly tensors?: ReadonlyMap<string, OnnxTensor>;
}

/** The network of an ONNX file: its outermost graph. */
export interface OnnxNetwork {
  /** Version of ONNX's own operator set. */
  readonly opset: number;
  /** Versions of all operator sets by domain; ONNX's own is `''`. */
  readonly opsets: ReadonlyMap<string, number>;
  /** Inputs without the weights, which old files list among them. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** In the file's order, without those that only name a constant. */
  readonly nodes: readonly OnnxFileNode[];
  /**
   * Values that are known before it runs, by name: initialisers, values of Constant nodes, and what Identity and a Cast
   * to float32 make of either.
   */
  readonly constants: ReadonlyMap<string, OnnxTensor>;
}

/** An ONNX file: its network and its initialisers. */
export interface OnnxFile extends OnnxNetwork {
  readonly format: 'onnx';
  /** The graph's name. */
  readonly name: string;
  /** What made it, with its version. */
  readonly producer?: string;
  /** `metadata_props` of the model; empty when it has none. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The initialisers by name, in the file's order. */
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
}
