import { countElements, type Dim, type Shape } from '@strata/core';
import { type Known, knownFloats, knownSizes } from './known.js';
import type { Folding } from './types.js';

/** Elements of `x` in another order or number: `from` gives the one that goes to a place, by its index. */
export function selectElements(
  { node, charge }: Pick<Folding, 'node' | 'charge'>,
  x: Known,
  shape: Shape,
  from: (place: readonly number[]) => number,
): Known {
  charge(countElements(shape));
  if (x.kind === 'sizes') {
    return knownSizes(
      shape,
      () => {
        const sizes = x.sizes();
        const selected: Dim[] = [];
        visit(shape, (place) => selected.push(sizes[from(place)]));
        return selected;
      },
      node.name,
    );
  }
  return knownFloats(
    shape,
    () => {
      const { data } = x.tensor();
      const selected = new Float32Array(countElements(shape));
      visit(shape, (place, index) => {
        selected[index] = data[from(place)];
      });
      return selected;
    },
    node.name,
  );
}

/** Every place of a shape in row-major order. The array is the same one each time. */
export function visit(shape: Shape, take: (place: readonly number[], index: number) => void): void {
  const count = countElements(shape);
  const place = new Array<number>(shape.length).fill(0);
  for (let index = 0; index < count; index++) {
    take(place, index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis]++;
      if (place[axis] < shape[axis]) break;
      place[axis] = 0;
    }
  }
}
