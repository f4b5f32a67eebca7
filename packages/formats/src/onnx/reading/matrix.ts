import { formatShape, InputError, type Tensor, type TypedArray } from '@strata/core';

/** [rows, columns] → [columns, rows]. `InputError` for another rank. */
export function transposeMatrix({ shape, data }: Tensor, where: string): Tensor {
  if (shape.length !== 2) throw new InputError({ where, got: formatShape(shape), want: 'two axes' });
  const [rows, columns] = shape;
  return { shape: [columns, rows], dtype: 'float32', data: turn(data, rows, columns) };
}

/** Rows taken together: as many as a processor's cache holds with ease. */
const TOGETHER = 16;

function turn(data: TypedArray, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(rows * columns);
  for (let first = 0; first < rows; first += TOGETHER) {
    const end = Math.min(first + TOGETHER, rows);
    for (let column = 0; column < columns; column++) {
      for (let row = first; row < end; row++) turned[column * rows + row] = data[row * columns + column];
    }
  }
  return turned;
}
