import { InputError, LayerBuilder, type Tensor } from '@strata/core';
import type { Trial } from '../../trial.js';
import type { OperatorCase } from '../case.js';
import { rebuildTable } from './table.js';

/** The case in Strata's own layers. Throws `InputError` for an operator or attribute that has no counterpart. */
export function rebuildCase(source: OperatorCase): Trial {
  const { name, op, inputNames, tensors } = source;
  if (!Object.hasOwn(rebuildTable, op)) {
    throw new InputError({ where: name, got: op, want: `one of ${Object.keys(rebuildTable).join(', ')}` });
  }
  const layers = new LayerBuilder();
  const weights: Record<string, Tensor> = {};
  const inputs: Record<string, Tensor> = {};

  function tensorAt(position: number): Tensor {
    const found = tensors.get(inputNames[position] ?? '');
    if (found !== undefined) return found;
    throw new InputError({ where: name, got: `no tensor for input ${position}`, want: `what ${op} needs` });
  }

  const out = rebuildTable[op]({
    layers,
    source,
    tensorAt,
    has: (position) => (inputNames[position] ?? '') !== '',
    give: (position, value = tensorAt(position)) => {
      const input = `input${position}`;
      inputs[input] = value;
      return layers.input(input, value.shape);
    },
    bind: (parameter, value) => {
      weights[parameter] = value;
    },
  });
  return { graph: layers.build([out]), weights, runs: [inputs], structured: false };
}
