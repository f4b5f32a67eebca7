import { between, chooseColours, type Kind, paint, repeat, sheet, whole } from './pen.js';

/** Steps that z ← z² + c takes to leave the disc of radius 2, at most `most`. */
function countSteps(zx: number, zy: number, cx: number, cy: number, most: number): number {
  let [x, y] = [zx, zy];
  for (let step = 0; step < most; step++) {
    if (x * x + y * y > 4) return step;
    [x, y] = [x * x - y * y + cx, 2 * x * y + cy];
  }
  return most;
}

export const mandelbrot: Kind = (random) => {
  const side = whole(random, 100, 200);
  const [u, v, zoom] = [between(random, -1, -0.2), between(random, -0.3, 0.3), between(random, 0.6, 1.6)];
  return paint(side, side, (x, y) => {
    const [cx, cy] = [u + (2 * x) / side / zoom - 1 / zoom, v + (2 * y) / side / zoom - 1 / zoom];
    return 1 - countSteps(0, 0, cx, cy, 30) / 30;
  });
};

export const julia: Kind = (random) => {
  const side = whole(random, 100, 200);
  const angle = between(random, 0, 2 * Math.PI);
  const [cx, cy] = [0.75 * Math.cos(angle), 0.75 * Math.sin(angle)];
  return paint(side, side, (x, y) => 1 - countSteps((3.4 * x) / side - 1.7, (3.4 * y) / side - 1.7, cx, cy, 30) / 30);
};

/** A bare tree: each branch splits in two. */
export const branches: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const [spread, shrink] = [between(random, 0.3, 0.7), between(random, 0.65, 0.78)];
  const grow = (x: number, y: number, angle: number, length: number, depth: number): string => {
    if (depth === 0) return '';
    const [u, v] = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
    const line = `<path d="M${x} ${y}L${u} ${v}" stroke="${ink}" stroke-width="${depth}"/>`;
    const next = (turn: number) => grow(u, v, angle + turn, length * shrink, depth - 1);
    return line + next(spread) + next(-spread);
  };
  return sheet(random, paper, grow(100, 190, -Math.PI / 2, 52, whole(random, 5, 8)));
};

/** Triangles without their middle. */
export const sierpinski: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const divide = (x: number, y: number, side: number, depth: number): string => {
    if (depth === 0) return `M${x} ${y}h${side}l${-side / 2} ${-0.866 * side}z`;
    const half = side / 2;
    const next = (u: number, v: number) => divide(u, v, half, depth - 1);
    return next(x, y) + next(x + half, y) + next(x + half / 2, y - 0.866 * half);
  };
  return sheet(random, paper, `<path d="${divide(15, 175, 170, whole(random, 2, 5))}" fill="${ink}"/>`);
};

/** A snowflake: crystals of six equal arms. */
export const snowflake: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const twigs = Array.from({ length: whole(random, 2, 5) }, () => ({
    at: between(random, 20, 80),
    reach: between(random, 8, 28),
  }));
  const arm = twigs.map(({ at, reach }) => `M0 ${-at}l${reach} ${-reach}M0 ${-at}l${-reach} ${-reach}`).join('');
  const arms = repeat(6, (index) => `<path d="M0 0V-85${arm}" transform="translate(100 100) rotate(${60 * index})"/>`);
  return sheet(random, paper, `<g stroke="${ink}" stroke-width="${between(random, 2, 6)}" fill="none">${arms}</g>`);
};

/** Barnsley's fern, of points. */
export const fern: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const tilt = between(random, -0.06, 0.06);
  let [x, y] = [0, 0];
  const point = () => {
    const u = random.uniform();
    if (u < 0.01) [x, y] = [0, 0.16 * y];
    else if (u < 0.86) [x, y] = [0.85 * x + (0.04 + tilt) * y, -0.04 * x + 0.85 * y + 1.6];
    else if (u < 0.93) [x, y] = [0.2 * x - 0.26 * y, 0.23 * x + 0.22 * y + 1.6];
    else [x, y] = [-0.15 * x + 0.28 * y, 0.26 * x + 0.24 * y + 0.44];
    return `M${(100 + 18 * x).toFixed(1)} ${(190 - 18 * y).toFixed(1)}h1.5`;
  };
  return sheet(random, paper, `<path d="${repeat(2500, point)}" stroke="${ink}" stroke-width="1.5"/>`);
};

/** A spiral of one line. */
export const spiral: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const turns = between(random, 2, 6);
  const points = Array.from({ length: 200 }, (_, index) => {
    const angle = (index / 200) * turns * 2 * Math.PI;
    const radius = (85 * index) / 200;
    return `${100 + radius * Math.cos(angle)},${100 + radius * Math.sin(angle)}`;
  });
  return sheet(
    random,
    paper,
    `<polyline points="${points.join(' ')}" fill="none" stroke="${ink}" stroke-width="${between(random, 2, 40 / turns)}"/>`,
  );
};
