import type { GraphWriter } from './graph-writer.js';
import { relu } from './relu.js';
import type { Value } from './value.js';

/** Options of layers that take an activation. */
export interface ActivationOptions {
  /** `'relu'` adds a relu that takes the layer's name; the layer itself is then `NAME.conv` or `NAME.linear`. */
  readonly activation?: 'relu';
}

/** The layer that `layer` makes under a name; with an activation behind it, that has the name and the layer has `NAME.suffix`. */
export function activate(
  writer: GraphWriter,
  name: string,
  { activation, suffix }: ActivationOptions & { readonly suffix: string },
  layer: (name: string) => Value,
): Value {
  return activation === undefined ? layer(name) : relu(writer, name, layer(`${name}.${suffix}`));
}
