import type { Graph, Weights } from '@strata/core';
import type { ExternalData } from '../opening/external-data.js';
import type { OnnxFile } from '../opening/types.js';

/** What may have to be assumed of a network in a file. */
export type OnnxAssumptionKind = 'batch' | 'inputs';

/** Something that the file does not say. */
export interface OnnxAssumption {
  readonly about: OnnxAssumptionKind;
  /** What was taken to be so: `the batch of 1 stands for any number`. */
  readonly text: string;
}

/** Options of `importOnnx`. */
export interface OnnxImportOptions {
  /** Names the file in messages. */
  readonly where?: string;
  /** The files of weights beside the model, by the location that it names, or a function that gives them. */
  readonly externalData?: ExternalData;
  /**
   * Whether a batch of 1, which exporters write for a network that takes any, is opened; true by default. `false` keeps
   * the file's sizes.
   */
  readonly openBatch?: boolean;
}

/** A network of an ONNX file as a graph of core. */
export interface OnnxImport extends Pick<OnnxFile, 'format' | 'name' | 'producer' | 'metadata' | 'opset'> {
  readonly graph: Graph;
  /** Exactly the graph's parameters. They may be views of the file's bytes, not copies: change neither. */
  readonly weights: Weights;
  /** What the file does not say and was therefore assumed. Often nothing. */
  readonly assumed: readonly OnnxAssumption[];
}
