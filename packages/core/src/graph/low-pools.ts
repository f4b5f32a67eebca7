import type { Model } from '../passes/pass.js';
import { ownValue } from '../records.js';
import { type Node, nodesOf } from './graph.js';
import { findNotNegative } from './signs.js';
import { readersOf } from './walk.js';

/**
 * The names of the max pools that may meet numbers far below zero, and whose result shows them: not those of values that
 * cannot be negative, nor those that relus alone read, straight or behind a bias, as `delayActivation` leaves them.
 */
export function findLowPools({ graph, weights }: Model): ReadonlySet<string> {
  const notNegative = findNotNegative(graph);
  const readers = readersOf(graph);
  const isSmall = (name: string) => ownValue(weights, name)?.data.every((value) => value < SMALL) ?? false;
  const isCut = (node: Node): boolean => {
    const readBy = readers.get(node.name) ?? [];
    if (graph.outputs.includes(node.name) || readBy.length === 0) return false;
    return readBy.every((reader) => reader.op === 'relu' || (addsBias(reader, node.name, isSmall) && isCut(reader)));
  };
  const pools = [...nodesOf(graph, 'maxPool2d'), ...nodesOf(graph, 'globalMaxPool')];
  const low = pools.filter((pool) => !notNegative.has(pool.inputs[0]) && !isCut(pool));
  return new Set(low.map(({ name }) => name));
}

/** Too small to lift above zero what a kernel takes for the least number. */
const SMALL = 1e19;

function addsBias({ op, inputs }: Node, value: string, isSmall: (name: string) => boolean): boolean {
  return op === 'add' && inputs.every((input) => input === value || isSmall(input));
}
