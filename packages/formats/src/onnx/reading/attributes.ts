import { InputError, type Padding, type Pair } from '@strata/core';
import type { OnnxAttribute, OnnxNode } from './types.js';

/** A number, or ONNX's default where the node does not set it. */
export function numberOf(node: OnnxNode, key: string, byDefault: number): number {
  const value = attributeOf(node, key);
  if (value === undefined) return byDefault;
  if (typeof value === 'number') return value;
  throw wrong(node, key, value, 'a number');
}

export function textOf(node: OnnxNode, key: string, byDefault: string): string {
  const value = attributeOf(node, key);
  if (value === undefined) return byDefault;
  if (typeof value === 'string') return value;
  throw wrong(node, key, value, 'a text');
}

/** [rows, columns]. */
export function pairOf(node: OnnxNode, key: string, byDefault: Pair): Pair {
  const [rows, columns] = numbersOf(node, key, byDefault);
  return [rows, columns];
}

/** [top, left, bottom, right], which is also ONNX's order for two axes. */
export function paddingOf(node: OnnxNode): Padding {
  const [top, left, bottom, right] = numbersOf(node, 'pads', [0, 0, 0, 0]);
  return [top, left, bottom, right];
}

/** Numbers, as many as there are; `undefined` where the node does not set them. */
export function listOf(node: OnnxNode, key: string): readonly number[] | undefined {
  const value = attributeOf(node, key);
  if (value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'string') throw wrong(node, key, value, 'an array');
  return value;
}

/** As many numbers as the default has. */
function numbersOf(node: OnnxNode, key: string, byDefault: readonly number[]): readonly number[] {
  const value = listOf(node, key) ?? byDefault;
  if (value.length === byDefault.length) return value;
  throw new InputError({ where: `${node.name}: ${key}`, got: `${value.length} numbers`, want: `${byDefault.length}` });
}

function attributeOf({ attributes }: OnnxNode, key: string): OnnxAttribute | undefined {
  return Object.hasOwn(attributes, key) ? attributes[key] : undefined;
}

function wrong({ name }: OnnxNode, key: string, value: OnnxAttribute, want: string): InputError {
  return new InputError({ where: `${name}: ${key}`, got: typeof value, want });
}
