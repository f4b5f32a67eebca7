import { ShapeError } from '../errors.js';
import { type Dim, formatShape, type SymbolicShape } from '../tensor/shape.js';

/** The shape that two shapes broadcast to. `ShapeError` when they do not. */
export function broadcastShapes(where: string, a: SymbolicShape, b: SymbolicShape): SymbolicShape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    return broadcastDims(where, left, right, a, b);
  });
}

function broadcastDims(where: string, left: Dim, right: Dim, a: SymbolicShape, b: SymbolicShape): Dim {
  if (left === right || right === 1) return left;
  if (left === 1) return right;
  // An open size that meets a number above 1 is that number, or 1: either way the output has the number.
  if (typeof left === 'string') return typeof right === 'string' ? `broadcast(${left},${right})` : right;
  if (typeof right === 'string') return left;
  throw new ShapeError({
    where,
    got: `${formatShape(a)} and ${formatShape(b)}`,
    want: 'sizes that are equal or 1, from the last axis',
  });
}
