import type { GraphWriter } from './graph-writer.js';
import type { Value } from './value.js';

/** How a call of `LayerBuilder` is carried out: with the writer of its scope, then the call's own arguments. */
export type Layer<Call> = Call extends (...given: infer Given) => Value
  ? (writer: GraphWriter, ...given: Given) => Value
  : never;
