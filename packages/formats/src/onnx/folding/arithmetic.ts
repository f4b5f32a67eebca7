import { countElements, type Dim, InputError, productOf, type Shape, stridesOf, sumOf } from '@strata/core';
import { type Known, knownFloats, knownSizes, numbersOf } from './known.js';
import { visit } from './select.js';
import type { Folder, Folding } from './types.js';

/** How an operator computes floats, and whole numbers that may be open sizes. */
interface Arithmetic {
  floats(a: number, b: number): number;
  sizes(a: Dim, b: Dim, where: string): Dim;
}

export const add = arithmetic({ floats: (a, b) => a + b, sizes: (a, b) => sumOf([a, b]) });
export const sub = arithmetic({ floats: (a, b) => a - b, sizes: ofNumbers(0, (a, b) => a - b) });
export const mul = arithmetic({ floats: (a, b) => a * b, sizes: (a, b) => productOf([a, b]) });
/** Whole numbers are divided towards zero. */
export const div = arithmetic({ floats: (a, b) => a / b, sizes: ofNumbers(1, (a, b) => Math.trunc(a / b)) });

/** What has a number where the sizes have; with `neutral` on the right, an open size stays as it is. */
function ofNumbers(neutral: number, compute: (a: number, b: number) => number): Arithmetic['sizes'] {
  return (a, b, where) => {
    if (b === neutral) return a;
    const [left, right] = numbersOf([a, b], where);
    const value = compute(left, right);
    if (Number.isSafeInteger(value)) return value;
    throw new InputError({ where, got: `${left} and ${right}`, want: 'numbers whose result is a whole one' });
  };
}

/** With NumPy's broadcasting; float32 is rounded once, as ONNX does. */
function arithmetic({ floats, sizes }: Arithmetic): Folder {
  return (folding) => {
    const { node, knownAt, charge } = folding;
    const [a, b] = [knownAt(0), knownAt(1)];
    if (a.kind !== b.kind)
      throw new InputError({ where: node.name, got: 'floats and whole numbers', want: 'one kind' });
    const shape = broadcast(node.name, a.shape, b.shape);
    charge(countElements(shape));
    const [fromA, fromB] = [placesIn(a, shape), placesIn(b, shape)];
    if (a.kind === 'sizes') {
      return knownSizes(
        shape,
        () => {
          const [left, right] = [a.sizes(), b.sizes()];
          const values: Dim[] = [];
          visit(shape, (place) => values.push(sizes(left[fromA(place)], right[fromB(place)], node.name)));
          return values;
        },
        node.name,
      );
    }
    return knownFloats(
      shape,
      () => {
        const [left, right] = [a.tensor().data, b.tensor().data];
        const values = new Float32Array(countElements(shape));
        visit(shape, (place, index) => {
          values[index] = floats(left[fromA(place)], right[fromB(place)]);
        });
        return values;
      },
      node.name,
    );
  };
}

function broadcast(where: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [left = 1, right = 1] = [a[axis - rank + a.length], b[axis - rank + b.length]];
    if (left === right || left === 1 || right === 1) return left === 1 ? right : left;
    throw new InputError({ where, got: `shapes [${a}] and [${b}]`, want: 'shapes that broadcast' });
  });
}

/** Where the element for a place of the larger shape is. */
function placesIn({ shape }: Known, larger: Shape): (place: readonly number[]) => number {
  const steps = stridesOf(shape).map((step, axis) => (shape[axis] === 1 ? 0 : step));
  const before = larger.length - shape.length;
  return (place) => steps.reduce((at, step, axis) => at + place[before + axis] * step, 0);
}

/** Of sizes in a row, as exporters count the elements of a shape. */
export const reduceProd: Folder = ({ node, knownAt }: Folding) => {
  const x = knownAt(0);
  if (x.kind !== 'sizes' || x.shape.length > 1) return undefined;
  const keepsAxis = node.attributes.keepdims !== 0 && x.shape.length === 1;
  return knownSizes(keepsAxis ? [1] : [], () => [productOf(x.sizes())], node.name);
};
