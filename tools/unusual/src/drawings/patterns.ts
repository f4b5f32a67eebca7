import { between, chooseColours, type Kind, repeat, sheet, whole } from './pen.js';

export const chessboard: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const count = whole(random, 3, 12);
  const side = 190 / count;
  const square = (index: number) => {
    const [row, column] = [Math.floor(index / count), index % count];
    if ((row + column) % 2 === 1) return '';
    return `<rect x="${5 + side * column}" y="${5 + side * row}" width="${side}" height="${side}" fill="${ink}"/>`;
  };
  return sheet(random, paper, repeat(count * count, square));
};

export const stripes: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const count = whole(random, 3, 14);
  const step = 180 / count;
  const stripe = (index: number) =>
    `<rect x="10" y="${10 + step * index}" width="180" height="${0.5 * step}" fill="${ink}"/>`;
  const turn = between(random, 0, 180);
  return sheet(random, paper, `<g transform="rotate(${turn} 100 100)">${repeat(count, stripe)}</g>`);
};

export const dots: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const count = whole(random, 3, 10);
  const step = 180 / count;
  const radius = between(random, 0.15, 0.45) * step;
  const dot = (index: number) =>
    `<circle cx="${10 + step * ((index % count) + 0.5)}" cy="${10 + step * (Math.floor(index / count) + 0.5)}" r="${radius}" fill="${ink}"/>`;
  return sheet(random, paper, repeat(count * count, dot));
};

export const bricks: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const rows = whole(random, 4, 10);
  const height = 180 / rows;
  const brick = (index: number) => {
    const [row, column] = [Math.floor(index / 5), index % 5];
    return `<rect x="${10 + 36 * column + (row % 2) * 12}" y="${10 + height * row}" width="32" height="${0.85 * height}" fill="${ink}"/>`;
  };
  return sheet(random, paper, repeat(5 * rows, brick));
};

export const rings: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const count = whole(random, 2, 8);
  const width = between(random, 2, 60 / count);
  const ring = (index: number) =>
    `<circle cx="100" cy="100" r="${(85 * (index + 1)) / count}" fill="none" stroke="${ink}" stroke-width="${width}"/>`;
  return sheet(random, paper, repeat(count, ring));
};

/** A maze: a wall on one of two sides of each cell, by chance. */
export const maze: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const count = whole(random, 6, 14);
  const side = 180 / count;
  const wall = (index: number) => {
    const [x, y] = [10 + side * (index % count), 10 + side * Math.floor(index / count)];
    return random.uniform() < 0.5 ? `M${x} ${y}h${side}` : `M${x} ${y}v${side}`;
  };
  return sheet(
    random,
    paper,
    `<path d="${repeat(count * count, wall)}" stroke="${ink}" stroke-width="${between(random, 2, 6)}"/>`,
  );
};

/** Streets and blocks, as on a town plan. */
export const plan: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const road = () =>
    `<path d="M${between(random, 0, 200)} 5L${between(random, 0, 200)} 195M5 ${between(random, 0, 200)}L195 ${between(random, 0, 200)}" stroke="${ink}" stroke-width="${between(random, 1, 7)}"/>`;
  return sheet(random, paper, repeat(whole(random, 3, 8), road));
};

/** Crossed bands. */
export const lattice: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const count = whole(random, 3, 9);
  const step = 180 / count;
  const width = between(random, 0.1, 0.5) * step;
  const bands = repeat(count, (index) => `M${10 + step * (index + 0.5)} 10v180M10 ${10 + step * (index + 0.5)}h180`);
  return sheet(
    random,
    paper,
    `<path d="${bands}" stroke="${ink}" stroke-width="${width}" transform="rotate(${between(random, 0, 45)} 100 100)"/>`,
  );
};

/** A net of triangles. */
export const triangles: Kind = (random) => {
  const { ink, paper, tint } = chooseColours(random);
  const count = whole(random, 3, 8);
  const side = 180 / count;
  const triangle = (index: number) => {
    const [x, y] = [10 + side * (index % count), 10 + side * Math.floor(index / count)];
    return `<path d="M${x} ${y + side}L${x + side / 2} ${y}L${x + side} ${y + side}Z" fill="${index % 3 === 0 ? tint : ink}"/>`;
  };
  return sheet(random, paper, repeat(count * count, triangle));
};
