import type { Random } from '@strata/core';
import { between, type Kind, paint, whole } from './pen.js';

/** Every pixel by itself. */
export const grain: Kind = (random) => {
  const side = whole(random, 40, 160);
  return paint(side, side, () => random.uniform());
};

/** Single bright or dark specks. */
export const specks: Kind = (random) => {
  const [side, share] = [whole(random, 60, 160), between(random, 0.03, 0.3)];
  const light = random.uniform() < 0.5 ? 1 : 0;
  return paint(side, side, () => (random.uniform() < share ? light : 1 - light));
};

/** Smooth noise of several octaves: clouds. */
export const clouds: Kind = (random) => {
  const side = whole(random, 80, 200);
  const layers = [2, 4, 8, 16].map((cells) => ({ cells, noise: smoothNoise(random, cells) }));
  return paint(side, side, (x, y) => {
    const sum = layers.reduce(
      (total, { cells, noise }) => total + noise((x / side) * cells, (y / side) * cells) / cells,
      0,
    );
    return sum * 0.95;
  });
};

/** Blobs: smooth noise cut at a level. */
export const blobs: Kind = (random) => {
  const [side, cells, level] = [whole(random, 80, 200), whole(random, 4, 9), between(random, 0.4, 0.6)];
  const noise = smoothNoise(random, cells);
  return paint(side, side, (x, y) => (noise((x / side) * cells, (y / side) * cells) > level ? 0.1 : 0.95));
};

/** Light that grows along a line. */
export const slope: Kind = (random) => {
  const [side, angle] = [whole(random, 80, 200), between(random, 0, 2 * Math.PI)];
  const [a, b] = [Math.cos(angle), Math.sin(angle)];
  return paint(side, side, (x, y) => 0.5 + 0.5 * ((a * (2 * x - side)) / side + (b * (2 * y - side)) / side));
};

/** Light that falls off from a point. */
export const glow: Kind = (random) => {
  const side = whole(random, 80, 200);
  const [u, v, reach] = [between(random, 0.35, 0.65), between(random, 0.35, 0.65), between(random, 0.05, 0.3)];
  const inside = random.uniform() < 0.5;
  return paint(side, side, (x, y) => {
    const light = Math.exp(-((x / side - u) ** 2 + (y / side - v) ** 2) / reach ** 2);
    return inside ? light : 1 - light;
  });
};

/** Waves across each other. */
export const waves: Kind = (random) => {
  const side = whole(random, 80, 200);
  const parts = Array.from({ length: whole(random, 1, 3) }, () => ({
    u: between(random, -40, 40) / side,
    v: between(random, -40, 40) / side,
    phase: between(random, 0, 6),
  }));
  return paint(side, side, (x, y) => {
    const sum = parts.reduce((total, { u, v, phase }) => total + Math.sin(u * x + v * y + phase), 0);
    return 0.5 + (0.5 * sum) / parts.length;
  });
};

/** Rings of wood: bent stripes. */
export const wood: Kind = (random) => {
  const side = whole(random, 80, 200);
  const [noise, count] = [smoothNoise(random, 4), between(random, 5, 20)];
  return paint(side, side, (x, y) => {
    const bend = 0.4 * noise((4 * x) / side, (4 * y) / side);
    return 0.25 + 0.6 * (((x / side + bend) * count) % 1);
  });
};

/** Half lit, half dark balls, as a renderer makes them. */
export const balls: Kind = (random) => {
  const side = whole(random, 100, 200);
  const all = Array.from({ length: whole(random, 2, 6) }, () => ({
    u: between(random, 0.2, 0.8) * side,
    v: between(random, 0.2, 0.8) * side,
    radius: between(random, 0.08, 0.2) * side,
  }));
  return paint(side, side, (x, y) => {
    const ball = all.find(({ u, v, radius }) => Math.hypot(x - u, y - v) < radius);
    if (ball === undefined) return 0.97;
    return 0.7 - 0.5 * ((x - ball.u + y - ball.v) / (2 * ball.radius));
  });
};

/** Values at whole points, cubically blended between; from 0 to 1. */
function smoothNoise(random: Random, cells: number): (x: number, y: number) => number {
  const row = cells + 2;
  const values = Float32Array.from({ length: row * row }, () => random.uniform());
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [a, b] = [ease(x - i), ease(y - j)];
    const top = (1 - a) * values[j * row + i] + a * values[j * row + i + 1];
    const bottom = (1 - a) * values[(j + 1) * row + i] + a * values[(j + 1) * row + i + 1];
    return (1 - b) * top + b * bottom;
  };
}
