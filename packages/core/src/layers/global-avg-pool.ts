import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface GlobalAvgPoolLayer {
  /** [N,C,H,W] → [N,C,1,1]. */
  globalAvgPool(name: string, x: Value): Value;
}

export const globalAvgPool: Layer<GlobalAvgPoolLayer['globalAvgPool']> = (writer, name, x) =>
  writer.add(name, [x], { op: 'globalAvgPool', attributes: {} });
