import { UnsupportedError } from '@strata/core';
import { int, quotient } from './source.js';

/** Threads of a kernel, one for each output element, stored in this order. */
export interface Extent {
  readonly planes: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * How threads are laid over an extent. All three store the same flat order; they differ in what a thread must divide
 * to find its place, and in the limits they meet.
 *
 * - `flat` [x = everything]: plain typed arrays in mode cpu, where nested arrays cost a dereference at every read.
 * - `image` [x = row·columns + column, y = plane]: on wasm four neighbours in x run as one vector, and what depends on
 *   the plane alone (all weights) stays scalar.
 * - `cube` [x = column, y = row, z = plane]: nothing to divide; GPUs allow several small dimensions, not one long one.
 */
export type GridKind = 'flat' | 'image' | 'cube';

export interface Grid {
  /** gpu.js output size, x first. */
  readonly output: readonly number[];
  /** Declarations of those of `at`, `plane`, `pixel`, `row`, `column` that `body` mentions, all whole numbers. */
  prelude(body: string): string;
}

/** How large a grid a device allows, in threads. */
export interface GridLimits {
  readonly preferred: readonly GridKind[];
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Dividends above this cannot be divided exactly in float32. */
const EXACT_QUOTIENT = 2 ** 22;

/** The first grid that the device prefers and that fits. `UnsupportedError` when none does. */
export function chooseGrid(where: string, extent: Extent, limits: GridLimits, exactDivision: boolean): Grid {
  const { planes, rows, columns } = extent;
  const area = rows * columns;
  const divisible = (size: number) => exactDivision || size <= EXACT_QUOTIENT;
  const fits: Record<GridKind, boolean> = {
    flat: planes * area <= limits.x && divisible(planes * area),
    image: area <= limits.x && planes <= limits.y && divisible(area) && divisible(planes),
    cube: columns <= limits.x && rows <= limits.y && planes <= limits.z,
  };
  const kind = limits.preferred.find((candidate) => fits[candidate]);
  if (kind !== undefined) return grids[kind](extent);
  throw new UnsupportedError({
    where,
    got: `an output of ${planes} planes of ${rows} × ${columns}`,
    want: `at most ${limits.x}, ${limits.y} and ${limits.z} threads along x, y and z`,
    hint: 'run smaller batches or pictures',
  });
}

const grids: Record<GridKind, (extent: Extent) => Grid> = {
  flat: ({ planes, rows, columns }) => {
    const area = rows * columns;
    return {
      output: [planes * area],
      prelude: declare([
        ['at', 'this.thread.x'],
        ['plane', planes === 1 ? '0' : quotient('at', area)],
        ['pixel', planes === 1 ? 'at' : area === 1 ? '0' : `at - plane * ${area}`],
        ...rowAndColumn(rows, columns),
      ]),
    };
  },
  image: ({ planes, rows, columns }) => ({
    output: [rows * columns, planes],
    prelude: declare([
      ['pixel', 'this.thread.x'],
      ['plane', 'this.thread.y'],
      ['at', `plane * ${rows * columns} + pixel`],
      ...rowAndColumn(rows, columns),
    ]),
  }),
  cube: ({ planes, rows, columns }) => ({
    output: [columns, rows, planes],
    prelude: declare([
      ['column', 'this.thread.x'],
      ['row', 'this.thread.y'],
      ['plane', 'this.thread.z'],
      ['pixel', `row * ${columns} + column`],
      ['at', `plane * ${rows * columns} + pixel`],
    ]),
  }),
};

type Variable = readonly [name: string, value: string];

function rowAndColumn(rows: number, columns: number): Variable[] {
  return [
    ['row', rows === 1 ? '0' : quotient('pixel', columns)],
    ['column', rows === 1 ? 'pixel' : columns === 1 ? '0' : `pixel - row * ${columns}`],
  ];
}

function declare(variables: readonly Variable[]): (body: string) => string {
  return (body) => {
    let text = '';
    for (const [name, value] of [...variables].reverse()) {
      if (new RegExp(`\\b${name}\\b`).test(text + body)) text = `${int(name, value)} ${text}`;
    }
    return text;
  };
}
