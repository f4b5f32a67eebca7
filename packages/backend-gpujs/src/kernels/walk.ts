import type { Extent } from './grid.js';
import { productOfSizes } from './shapes.js';
import { int, quotient } from './source.js';

/** Rows of this many elements suit every grid, and a place in them divides exactly. */
const LONG_ROW = 2 ** 18;

/** Threads for every element of an output, and the text in which each goes along the axes of its place. */
export interface Walk {
  readonly extent: Extent;
  readonly text: string;
}

/**
 * A thread for each element of an output of these sizes. `visit` writes what is done with the place along an axis, which
 * is in the whole number `place`; the axes are visited from the last to the first.
 */
export function walkAxes(sizes: readonly number[], visit: (axis: number) => string): Walk {
  let cut = Math.max(0, sizes.length - 1);
  while (cut > 0 && productOfSizes(sizes.slice(cut - 1)) <= LONG_ROW) cut -= 1;
  const planes = productOfSizes(sizes.slice(0, cut));
  const axes = sizes.map((_, axis) => axis);
  const takeApart = (from: string, group: readonly number[]) =>
    group.length === 0
      ? ''
      : `rest = ${from};
        ${group
          .toReversed()
          .map((axis, index) =>
            index === group.length - 1
              ? `place = rest; ${visit(axis)}`
              : `next = ${quotient('rest', sizes[axis])}; place = rest - next * ${sizes[axis]}; ${visit(axis)} rest = next;`,
          )
          .join('\n')}`;
  return {
    extent: { planes, rows: 1, columns: productOfSizes(sizes.slice(cut)) },
    text: `
      ${int('rest', '0')}
      ${int('next', '0')}
      ${int('place', '0')}
      ${takeApart('pixel', axes.slice(cut))}
      ${takeApart('plane', axes.slice(0, cut))}`,
  };
}
