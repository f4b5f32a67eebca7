import { between, chooseColours, type Kind, repeat, shade, sheet, whole } from './pen.js';

/** Columns on an axis. */
export const columns: Kind = (random) => {
  const { ink, paper, tint } = chooseColours(random);
  const count = whole(random, 3, 9);
  const step = 160 / count;
  const bar = (index: number) => {
    const height = between(random, 15, 140);
    return `<rect x="${25 + step * index}" y="${170 - height}" width="${0.7 * step}" height="${height}" fill="${index % 2 === 0 ? ink : tint}"/>`;
  };
  return sheet(
    random,
    paper,
    `<path d="M20 20V170H190" fill="none" stroke="${ink}" stroke-width="2"/>${repeat(count, bar)}`,
  );
};

/** Lines over time. */
export const curves: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const curve = () => {
    let y = between(random, 50, 140);
    const points = Array.from({ length: 20 }, (_, index) => {
      y = Math.min(Math.max(y + 14 * random.normal(), 25), 165);
      return `${25 + 8 * index},${y}`;
    });
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${ink}" stroke-width="${between(random, 1.5, 4)}"/>`;
  };
  const axes = `<path d="M20 20V170H190" fill="none" stroke="${ink}" stroke-width="2"/>`;
  return sheet(random, paper, axes + repeat(whole(random, 1, 3), curve));
};

/** A disc of sectors. */
export const pie: Kind = (random) => {
  const { paper } = chooseColours(random);
  let angle = 0;
  const sector = () => {
    const [x, y] = [100 + 80 * Math.cos(angle), 100 + 80 * Math.sin(angle)];
    angle += between(random, 0.5, 1.8);
    const [u, v] = [100 + 80 * Math.cos(angle), 100 + 80 * Math.sin(angle)];
    return `<path d="M100 100L${x} ${y}A80 80 0 0 1 ${u} ${v}Z" fill="${shade(random, 20, 200)}"/>`;
  };
  return sheet(random, paper, repeat(whole(random, 4, 6), sector));
};

/** A grid of cells, some filled. */
export const table: Kind = (random) => {
  const { ink, paper, tint } = chooseColours(random);
  const [rows, count] = [whole(random, 3, 8), whole(random, 2, 6)];
  const [width, height] = [170 / count, 170 / rows];
  const cell = (index: number) => {
    const [x, y] = [15 + width * (index % count), 15 + height * Math.floor(index / count)];
    const filled = index < count ? tint : 'none';
    const dash = `<path d="M${x + 0.15 * width} ${y + height / 2}h${between(random, 0.2, 0.7) * width}" stroke="${ink}" stroke-width="3"/>`;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${filled}" stroke="${ink}" stroke-width="1.5"/>${dash}`;
  };
  return sheet(random, paper, repeat(rows * count, cell));
};

/** Points scattered about a line. */
export const scatter: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const slope = between(random, -0.8, 0.8);
  const dot = () => {
    const x = between(random, 20, 180);
    return `<circle cx="${x}" cy="${100 + slope * (x - 100) + 18 * random.normal()}" r="${between(random, 1.5, 4)}" fill="${ink}"/>`;
  };
  return sheet(random, paper, repeat(whole(random, 20, 90), dot));
};

/** A code of bars. */
export const barcode: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  let x = 15;
  const bar = () => {
    x += between(random, 2, 7);
    const width = between(random, 1, 5);
    x += width;
    return x > 185 ? '' : `<rect x="${x - width}" y="50" width="${width}" height="100" fill="${ink}"/>`;
  };
  return sheet(random, paper, repeat(45, bar));
};

/** A square code with its three corner marks. */
export const squareCode: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const cells = whole(random, 21, 29);
  const size = 180 / cells;
  const place = (cell: number) => 10 + size * cell;
  const dot = (index: number) =>
    random.uniform() < 0.5
      ? ''
      : `<rect x="${place(index % cells)}" y="${place(Math.floor(index / cells))}" width="${size}" height="${size}" fill="${ink}"/>`;
  const mark = (x: number, y: number) =>
    `<rect x="${place(x)}" y="${place(y)}" width="${7 * size}" height="${7 * size}" fill="${ink}"/>` +
    `<rect x="${place(x + 1)}" y="${place(y + 1)}" width="${5 * size}" height="${5 * size}" fill="${paper}"/>` +
    `<rect x="${place(x + 2)}" y="${place(y + 2)}" width="${3 * size}" height="${3 * size}" fill="${ink}"/>`;
  return sheet(random, paper, repeat(cells * cells, dot) + mark(0, 0) + mark(cells - 7, 0) + mark(0, cells - 7));
};
