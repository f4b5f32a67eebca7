import type { Plane } from './plane.js';

/** A picture as its distance from the background: 0 where there is none, up to 1. */
export interface Foreground {
  readonly plane: Plane;
  /** Spread of the background in the same unit: 1.4826 × the median distance from its level along the border. */
  readonly noise: number;
  /** Whether the background was light. */
  readonly negated: boolean;
}

/** Above this level (of 255) a background counts as light whatever stands before it, and below the other as dark. */
const surelyLight = 200;
const surelyDark = 55;

/**
 * The garment light on black, as the training pictures are, from grey in [0, 255]. The background is a plane of light
 * fitted to the border; where it is light the picture is negated. Values are relative to the light that falls on the
 * background, so a dim photo comes out as a bright one does. The result stands in the memory of `grey`, which is lost:
 * a large photo's planes are most of what it takes.
 */
export function separateForeground(grey: Plane): Foreground {
  const border = borderOf(grey);
  const light = fitLight(grey, border);
  const centre = lightAt(light, grey.width / 2, grey.height / 2);
  const negate = centre >= surelyLight || (centre > surelyDark && isMostlyDarker(grey, light));
  const { data } = grey;
  for (let y = 0; y < grey.height; y++) {
    for (let x = 0; x < grey.width; x++) {
      const i = y * grey.width + x;
      data[i] = Math.min(Math.max(contrast(data[i], lightAt(light, x, y), negate), 0), 1);
    }
  }
  const deviations = border.map(({ x, y, value }) => Math.abs(contrast(value, lightAt(light, x, y), negate)));
  return { plane: { ...grey, data }, noise: 1.4826 * median(deviations), negated: negate };
}

function contrast(value: number, background: number, negate: boolean): number {
  return negate ? (background - value) / Math.max(background, 1) : (value - background) / Math.max(255 - background, 1);
}

function isMostlyDarker({ data, width }: Plane, light: Light): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += lightAt(light, i % width, Math.floor(i / width)) - data[i];
  return sum > 0;
}

/** The background's level, in [0, 255], as a plane over the picture; slopes are per pixel. */
interface Light {
  readonly level: number;
  readonly perColumn: number;
  readonly perRow: number;
}

function lightAt({ level, perColumn, perRow }: Light, x: number, y: number): number {
  return Math.min(Math.max(level + perColumn * x + perRow * y, 0), 255);
}

interface Sample {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/**
 * Background level by position: a plane through the border pixels, fitted by least squares to those near the median of
 * what is left, three times over, so that a garment or a shadow that touches the border does not pull it.
 */
function fitLight(grey: Plane, samples: readonly Sample[]): Light {
  let light: Light = { level: median(samples.map(({ value }) => value)), perColumn: 0, perRow: 0 };
  for (const tolerance of [40, 25, 15]) {
    const near = samples.filter(({ x, y, value }) => Math.abs(value - lightAt(light, x, y)) <= tolerance);
    light = fitPlane(near, grey) ?? light;
  }
  return light;
}

/** Pixels of the border, two percent of the shorter side wide, as far as a quarter of the side from a corner. */
function borderOf({ data, width, height }: Plane): Sample[] {
  const rim = Math.max(1, Math.round(0.02 * Math.min(width, height)));
  const step = Math.max(1, Math.floor((rim * (width + height)) / 20_000));
  const samples: Sample[] = [];
  let seen = 0;
  for (let y = 0; y < height; y++) {
    const inRows = y < rim || y >= height - rim;
    for (let x = 0; x < width; x++) {
      const inColumns = x < rim || x >= width - rim;
      if (!inRows && !inColumns) {
        x = width - rim - 1;
        continue;
      }
      const nearCorner = Math.min(x, width - 1 - x) < width / 4 && Math.min(y, height - 1 - y) < height / 4;
      if (nearCorner && seen++ % step === 0) samples.push({ x, y, value: data[y * width + x] });
    }
  }
  return samples;
}

/**
 * Least squares for value = a + b·u + c·v with u, v in [−1, 1]. The border is symmetric, so what the fit does with a few
 * samples missing is close to three separate means. `undefined` when the samples do not fix a plane.
 */
function fitPlane(samples: readonly Sample[], { width, height }: Plane): Light | undefined {
  if (width < 8 || height < 8 || samples.length < 16) return undefined;
  const [perU, perV] = [2 / (width - 1), 2 / (height - 1)];
  let u1 = 0;
  let v1 = 0;
  let uu = 0;
  let uv = 0;
  let vv = 0;
  let z = 0;
  let uz = 0;
  let vz = 0;
  for (const { x, y, value } of samples) {
    const u = perU * x - 1;
    const v = perV * y - 1;
    u1 += u;
    v1 += v;
    uu += u * u;
    uv += u * v;
    vv += v * v;
    z += value;
    uz += u * value;
    vz += v * value;
  }
  // All samples on one side of the picture say nothing of its other side.
  if (uu < 0.1 * samples.length || vv < 0.1 * samples.length) return undefined;
  const solution = solve([
    Float64Array.of(samples.length, u1, v1, z),
    Float64Array.of(u1, uu, uv, uz),
    Float64Array.of(v1, uv, vv, vz),
  ]);
  if (solution === undefined) return undefined;
  const [a, b, c] = solution;
  return { level: a - b - c, perColumn: b * perU, perRow: c * perV };
}

/** Gauss–Jordan with pivoting on 3 × 4; `undefined` when singular. */
function solve(rows: Float64Array[]): readonly number[] | undefined {
  for (let column = 0; column < 3; column++) {
    const candidates = [0, 1, 2].slice(column);
    const pivot = candidates.reduce((best, row) =>
      Math.abs(rows[row][column]) > Math.abs(rows[best][column]) ? row : best,
    );
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    if (Math.abs(rows[column][column]) < 1e-6) return undefined;
    for (let row = 0; row < 3; row++) {
      if (row === column) continue;
      const factor = rows[row][column] / rows[column][column];
      for (let k = column; k < 4; k++) rows[row][k] -= factor * rows[column][k];
    }
  }
  return [0, 1, 2].map((row) => rows[row][3] / rows[row][row]);
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)];
}
