import { describeNode } from '@strata/core';
import { reachOf } from '../kernels/pad.js';
import { outputShape } from '../kernels/shapes.js';
import { int, loop, whole } from '../kernels/source.js';
import type { KernelStyle, Lowering } from '../kernels/types.js';

/**
 * The largest element of the window. No padding is read and no minus infinity is written: where a window hangs over
 * the edge, tables made on the host move each of its elements to the nearest one of the same window that lies inside,
 * which cannot change the maximum.
 */
export const maxPool2d: Lowering<'maxPool2d'> = (node, plan) => {
  const { window, stride, padding, dilation } = node.attributes;
  const x = plan.value(node.inputs[0]);
  const shape = outputShape(node, plan);
  const [batch, channels, rows, columns] = shape;
  const [, , height, width] = x.shape;
  const [top, left] = padding;
  const down = {
    windows: rows,
    size: height,
    before: top,
    window: window[0],
    stride: stride[0],
    dilation: dilation[0],
  };
  const across = {
    windows: columns,
    size: width,
    before: left,
    window: window[1],
    stride: stride[1],
    dilation: dilation[1],
  };
  const inside = [down, across].every((axis) => axis.before === 0 && reachOf(axis.windows, axis) <= axis.size);
  return plan.call(describeNode(node), {
    shape,
    extent: { planes: batch * channels, rows, columns },
    reads: { x },
    constants: inside ? {} : { down: positions(down), across: positions(across) },
    body: (names) => `
      ${int('start', `plane * ${height * width}`)}
      ${int('line', '0')}
      ${int('cell', '0')}
      ${inside ? int('corner', `start + row * ${stride[0] * width} + column * ${stride[1]}`) : ''}
      ${eachCell(window, plan.style, {
        line: (u) => (inside ? `corner + ${u} * ${dilation[0] * width}` : lookUp('down', 'row', window[0], u)),
        toLine: inside ? '' : `line = start + line * ${width};`,
        cell: (v) => (inside ? `line + ${v} * ${dilation[1]}` : lookUp('across', 'column', window[1], v)),
        toCell: inside ? '' : 'cell = line + cell;',
        name: names.x,
      })}
      return largest;`,
  });
};

interface Axis {
  readonly windows: number;
  readonly size: number;
  readonly before: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
}

/** Where element `i` of window `w` reads, at w·window + i, always inside the picture. */
function positions({ windows, size, before, window, stride, dilation }: Axis): Float32Array {
  const table = new Float32Array(windows * window);
  for (let w = 0; w < windows; w++) {
    const start = w * stride - before;
    const inside = Array.from({ length: window }, (_, i) => start + i * dilation).filter((p) => p >= 0 && p < size);
    const first = inside[0];
    const last = inside[inside.length - 1];
    for (let i = 0; i < window; i++) {
      table[w * window + i] = Math.min(Math.max(start + i * dilation, first), last);
    }
  }
  return table;
}

function lookUp(table: string, index: string, window: number, element: number | string): string {
  return whole(`this.constants.${table}[${index} * ${window} + ${element}]`);
}

interface CellText {
  readonly line: (u: number | string) => string;
  readonly toLine: string;
  readonly cell: (v: number | string) => string;
  readonly toCell: string;
  readonly name: string;
}

/** Visits every element of the window, in loops where it is large. */
function eachCell(window: readonly [number, number], style: KernelStyle, text: CellText): string {
  const [rows, columns] = window;
  const visitCell = (v: number | string) => `cell = ${text.cell(v)}; ${text.toCell}`;
  const take = `largest = Math.max(largest, ${text.name}[cell]);`;
  const visitLine = (u: number | string) => `line = ${text.line(u)}; ${text.toLine}`;
  const first = `${visitLine(0)} ${visitCell(0)} let largest = ${text.name}[cell];`;
  if (rows * columns <= style.unroll) {
    const lines = Array.from({ length: rows }, (_, u) => {
      const cells = Array.from({ length: columns }, (_cell, v) => `${visitCell(v)} ${take}`);
      return `${visitLine(u)} ${cells.join(' ')}`;
    });
    return [first, ...lines].join('\n');
  }
  const columnLoop = loop('v', columns, `${visitCell('v')} ${take}`);
  return `${first}\n${loop('u', rows, `${visitLine('u')} ${columnLoop}`)}`;
}
