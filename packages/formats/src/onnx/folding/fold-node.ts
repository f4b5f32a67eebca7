import { InputError, type SymbolicShape } from '@strata/core';
import type { OnnxFileNode } from '../opening/types.js';
import { hasInput } from '../reading/inputs.js';
import { folderTable, shapeFolders } from './folder-table.js';
import type { Known } from './known.js';

/** What stands around a node when it may be folded. */
export interface Surroundings {
  knownOf(name: string): Known | undefined;
  shapeOf(name: string): SymbolicShape | undefined;
  charge(elements: number): void;
}

/** The value of a node that follows from constants and shapes alone; `undefined` where it has to be computed. */
export function foldNode(node: OnnxFileNode, { knownOf, shapeOf, charge }: Surroundings): Known | undefined {
  const folder = shapeFolders.get(node.op) ?? (areKnown(node, knownOf) ? folderTable.get(node.op) : undefined);
  const nothing = (position: number) =>
    new InputError({ where: node.name, got: `no input ${position}`, want: `one, as ${node.op} has` });
  return folder?.({
    node,
    knownAt(position) {
      const known = hasInput(node, position) ? knownOf(node.inputs[position]) : undefined;
      if (known !== undefined) return known;
      throw nothing(position);
    },
    shapeAt(position) {
      const shape = hasInput(node, position) ? shapeOf(node.inputs[position]) : undefined;
      if (shape !== undefined) return shape;
      throw nothing(position);
    },
    charge,
  });
}

function areKnown({ inputs }: OnnxFileNode, knownOf: Surroundings['knownOf']): boolean {
  return inputs.every((name) => name === '' || knownOf(name) !== undefined);
}
