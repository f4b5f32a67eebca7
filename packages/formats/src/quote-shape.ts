import { formatShape, type Shape } from '@strata/core';

/** Axes that messages show. */
const mostShown = 8;

/** A shape from a file, short enough to print: it may have any number of axes. */
export function quoteShape(shape: Shape): string {
  if (shape.length <= mostShown) return formatShape(shape);
  return `[${shape.slice(0, mostShown).join(',')},… ${shape.length} axes]`;
}
