import type { Pair, Tensor } from '@strata/core';

/** Distance of neighbouring filter elements [rows, columns]; zeros between them. */
export type SpreadBy = Pair;

export interface Filter {
  /** [rows, columns, in, out], or [rows, columns, channels, multiplier] when depthwise. */
  readonly shape: readonly [rows: number, columns: number, channels: number, filters: number];
  make(): Float32Array;
}

/** The filters of one group, OIHW → HWIO: [out, in/groups, rows, columns] → [rows, columns, in/groups, out/groups]. */
export function filterOfGroup({ shape, data }: Tensor, group: number, groups: number, spread: SpreadBy): Filter {
  const [allOut, channels, rows, columns] = shape;
  const out = allOut / groups;
  return {
    shape: [spreadSize(rows, spread[0]), spreadSize(columns, spread[1]), channels, out],
    make: () =>
      place({ rows, columns, channels, filters: out, spread }, (row, column, channel, filter) => {
        return data[(((group * out + filter) * channels + channel) * rows + row) * columns + column];
      }),
  };
}

/** One filter a channel, or several: [channels·multiplier, 1, rows, columns] → [rows, columns, channels, multiplier]. */
export function depthwiseFilter({ shape, data }: Tensor, channels: number, spread: SpreadBy): Filter {
  const [out, , rows, columns] = shape;
  const multiplier = out / channels;
  return {
    shape: [spreadSize(rows, spread[0]), spreadSize(columns, spread[1]), channels, multiplier],
    make: () =>
      place({ rows, columns, channels, filters: multiplier, spread }, (row, column, channel, filter) => {
        return data[((channel * multiplier + filter) * rows + row) * columns + column];
      }),
  };
}

function spreadSize(size: number, distance: number): number {
  return (size - 1) * distance + 1;
}

interface Placing {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly filters: number;
  readonly spread: SpreadBy;
}

function place(
  { rows, columns, channels, filters, spread }: Placing,
  read: (row: number, column: number, channel: number, filter: number) => number,
): Float32Array {
  const width = spreadSize(columns, spread[1]);
  const placed = new Float32Array(spreadSize(rows, spread[0]) * width * channels * filters);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const pixel = row * spread[0] * width + column * spread[1];
      for (let channel = 0; channel < channels; channel++) {
        for (let filter = 0; filter < filters; filter++) {
          placed[(pixel * channels + channel) * filters + filter] = read(row, column, channel, filter);
        }
      }
    }
  }
  return placed;
}
