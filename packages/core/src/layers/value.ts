import type { SymbolicShape } from '../tensor/shape.js';

/** The output of a layer: what the next layer takes. */
export interface Value {
  /** Full name, scopes included. */
  readonly name: string;
  readonly shape: SymbolicShape;
}
