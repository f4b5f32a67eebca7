import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { elementwise } from './elementwise.js';
import { anyValues, valuesWith } from './values.js';

const infinities = valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

/** Both bounds, equal or crossed too, with infinities. */
const both = [
  { min: 0, max: 6 },
  { min: -0.7, max: 0.4 },
  { min: 0.1, max: 1.3 },
  { min: -1.1, max: -0.2 },
  { min: 0.3, max: 0.3 },
  { min: 0.9, max: -0.6 },
];

/** One bound or none: what infinity gives on the open side is unspecified. */
const oneOrNone = [{ min: 0 }, { min: -0.3 }, { min: 0.2 }, { max: 0.5 }, { max: -0.4 }, {}];

/** A relu behind it, whose value nobody asked for, is needed where max is below zero, though min may not be. */
const behind = [
  { min: 0, max: 6 },
  { min: 0.9, max: -0.6 },
  { min: -0.7, max: 0.4 },
];

export const clipTrials = trialsOf(
  fc.oneof(
    ...both.map((bounds) => elementwise(infinities, (layers, x) => layers.clip('clip', x, bounds))),
    ...behind.map((bounds) =>
      elementwise(infinities, (layers, x) => layers.add('sum', layers.relu('relu', layers.clip('clip', x, bounds)), x)),
    ),
    ...oneOrNone.map((bounds) => elementwise(anyValues, (layers, x) => layers.clip('clip', x, bounds))),
  ),
);
