import { InputError, type Padding, type Pair } from '@strata/core';
import { readNumber, readNumbers, readText } from '../../json.js';
import type { OperatorCase } from '../case.js';

/** A number, or ONNX's default where the case does not set it. */
export function numberOf({ attributes, name }: OperatorCase, key: string, byDefault: number): number {
  const value = attributes[key];
  return value === undefined ? byDefault : readNumber(value, `${name}: ${key}`);
}

export function textOf({ attributes, name }: OperatorCase, key: string, byDefault: string): string {
  const value = attributes[key];
  return value === undefined ? byDefault : readText(value, `${name}: ${key}`);
}

/** [rows, columns]. */
export function pairOf({ attributes, name }: OperatorCase, key: string, byDefault: Pair): Pair {
  const value = attributes[key];
  if (value === undefined) return byDefault;
  const numbers = readNumbers(value, `${name}: ${key}`);
  const [rows, columns] = numbers;
  if (numbers.length === 2) return [rows, columns];
  throw new InputError({ where: `${name}: ${key}`, got: `${numbers.length} numbers`, want: '2' });
}

/** [top, left, bottom, right], which is also ONNX's order for two axes. */
export function paddingOf({ attributes, name }: OperatorCase): Padding {
  if (attributes.pads === undefined) return [0, 0, 0, 0];
  const numbers = readNumbers(attributes.pads, `${name}: pads`);
  const [top, left, bottom, right] = numbers;
  if (numbers.length === 4) return [top, left, bottom, right];
  throw new InputError({ where: `${name}: pads`, got: `${numbers.length} numbers`, want: '4' });
}
