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
  const filters = allOut / groups;
  const area = rows * columns;
  const from = { start: group * filters * channels * area, perChannel: area, perFilter: channels * area };
  return filterFrom(data, { rows, columns, channels, filters, spread }, from);
}

/** One filter a channel, or several: [channels·multiplier, 1, rows, columns] → [rows, columns, channels, multiplier]. */
export function depthwiseFilter({ shape, data }: Tensor, channels: number, spread: SpreadBy): Filter {
  const [out, , rows, columns] = shape;
  const filters = out / channels;
  const area = rows * columns;
  const from = { start: 0, perChannel: filters * area, perFilter: area };
  return filterFrom(data, { rows, columns, channels, filters, spread }, from);
}

/** Weights of a linear layer, [out, in] → [in, out]: filters of one pixel. */
export function turnMatrix({ shape, data }: Tensor): Float32Array {
  const [filters, channels] = shape;
  const size = { rows: 1, columns: 1, channels, filters, spread: [1, 1] } as const;
  return place(data, size, { start: 0, perChannel: 1, perFilter: channels });
}

function filterFrom(data: Tensor['data'], size: Size, from: Source): Filter {
  const { rows, columns, channels, filters, spread } = size;
  return {
    shape: [spreadSize(rows, spread[0]), spreadSize(columns, spread[1]), channels, filters],
    make: () => place(data, size, from),
  };
}

function spreadSize(size: number, distance: number): number {
  return (size - 1) * distance + 1;
}

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly filters: number;
  readonly spread: SpreadBy;
}

/** Where the weights lie: the first one, and how far one channel's and one filter's pixels are from the next one's. */
interface Source {
  readonly start: number;
  readonly perChannel: number;
  readonly perFilter: number;
}

/** Filters taken together: as many rows of reading and one of writing as a processor's cache holds with ease. */
const TOGETHER = 16;

/** Loops over plain numbers: a network has tens of millions of weights, and a call for each takes seconds. */
function place(data: Tensor['data'], { rows, columns, channels, filters, spread }: Size, from: Source): Float32Array {
  const width = spreadSize(columns, spread[1]);
  const placed = new Float32Array(spreadSize(rows, spread[0]) * width * channels * filters);
  for (let first = 0; first < filters; first += TOGETHER) {
    const end = Math.min(first + TOGETHER, filters);
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const pixel = row * spread[0] * width + column * spread[1];
          const to = (pixel * channels + channel) * filters;
          const read = from.start + channel * from.perChannel + row * columns + column;
          for (let filter = first; filter < end; filter++) placed[to + filter] = data[read + filter * from.perFilter];
        }
      }
    }
  }
  return placed;
}
