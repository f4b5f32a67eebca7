import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface GlobalMaxPoolLayer {
  /** [N,C,H,W] → [N,C,1,1], the largest number of each plane. */
  globalMaxPool(name: string, x: Value): Value;
}

export const globalMaxPool: Layer<GlobalMaxPoolLayer['globalMaxPool']> = (writer, name, x) =>
  writer.add(name, [x], { op: 'globalMaxPool', attributes: {} });
