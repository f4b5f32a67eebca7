import { adaptiveWindows, describeNode } from '@strata/core';
import { int, loop, quotient } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';

/** The mean of each window, summed row by row; loops are as long as the longest window, and leave out what is behind a shorter. */
export const adaptiveAvgPool2d: Lowering<'adaptiveAvgPool2d'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  const [batch, channels, height, width] = x.shape;
  const [rows, columns] = node.attributes.size;
  const longest = (length: number, count: number) =>
    adaptiveWindows(length, count).reduce((most, [start, end]) => Math.max(most, end - start), 0);
  return plan.call(describeNode(node), {
    shape: [batch, channels, rows, columns],
    extent: { planes: batch * channels, rows, columns },
    reads: { x },
    body: (names) => `
      ${int('top', quotient(`row * ${height}`, rows))}
      ${int('left', quotient(`column * ${width}`, columns))}
      ${int('bottom', quotient(`row * ${height} + ${height + rows - 1}`, rows))}
      ${int('right', quotient(`column * ${width} + ${width + columns - 1}`, columns))}
      ${int('start', `plane * ${height * width} + top * ${width} + left`)}
      let sum = 0.0;
      let line = 0.0;
      ${loop(
        'u',
        longest(height, rows),
        `if (top + u < bottom) {
          line = 0.0;
          ${loop('v', longest(width, columns), `if (left + v < right) { line += ${names.x}[start + u * ${width} + v]; }`)}
          sum += line;
        }`,
      )}
      return sum / ((bottom - top) * (right - left));`,
  });
};
