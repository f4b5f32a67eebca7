import { between, figure, pick, repeat, whole } from './pen.js';

/** A star of four to nine points. */
export const star = figure((random) => {
  const [count, inner] = [whole(random, 4, 9), between(random, 25, 55)];
  const points = Array.from({ length: 2 * count }, (_, index) => {
    const [angle, radius] = [(Math.PI * index) / count - Math.PI / 2, index % 2 === 0 ? 90 : inner];
    return `${100 + radius * Math.cos(angle)},${100 + radius * Math.sin(angle)}`;
  });
  return `<polygon points="${points.join(' ')}"/>`;
});

export const arrow = figure((random) => {
  const [head, shaft, neck] = [between(random, 40, 80), between(random, 8, 26), between(random, 80, 140)];
  const path = `M15 ${100 - shaft}H${neck}V${100 - head}L190 100L${neck} ${100 + head}V${100 + shaft}H15Z`;
  return `<path d="${path}" transform="rotate(${pick(random, [0, 45, 90, 180, 270])} 100 100)"/>`;
});

export const cross = figure((random) => {
  const width = between(random, 8, 30);
  const turn = pick(random, [0, 45]);
  return `<path d="M${100 - width} 15h${2 * width}v170h${-2 * width}ZM15 ${100 - width}h170v${2 * width}h-170Z" transform="rotate(${turn} 100 100)"/>`;
});

export const heart = figure(
  (random) =>
    `<path d="M100 ${between(random, 150, 190)}C10 110 10 30 60 30C85 30 100 50 100 65C100 50 115 30 140 30C190 30 190 110 100 ${between(random, 150, 190)}Z"/>`,
);

/** A sign on a disc or a triangle, as beside a road. */
export const roadSign = figure((random, { paper }) => {
  const board = pick(random, [
    '<circle cx="100" cy="100" r="90"/>',
    '<path d="M100 15L190 175H10Z"/>',
    '<path d="M100 10L190 100L100 190L10 100Z"/>',
  ]);
  const mark = pick(random, [
    '<rect x="45" y="85" width="110" height="30"/>',
    '<path d="M92 70h16v55h-16ZM92 135h16v16h-16Z"/>',
    '<path d="M70 120L100 80L130 120Z"/>',
    '<circle cx="100" cy="115" r="28"/>',
  ]);
  return `${board}<g fill="${paper}">${mark}</g>`;
});

/** A cog wheel. */
export const cog = figure((random, { paper }) => {
  const count = whole(random, 6, 14);
  const tooth = (index: number) =>
    `<rect x="88" y="8" width="24" height="40" transform="rotate(${(360 * index) / count} 100 100)"/>`;
  return `${repeat(count, tooth)}<circle cx="100" cy="100" r="68"/><circle cx="100" cy="100" r="${between(random, 15, 45)}" fill="${paper}"/>`;
});

/** Several plain shapes side by side. */
export const shapes = figure((random) =>
  repeat(whole(random, 3, 7), () => {
    const [x, y, size] = [between(random, 30, 170), between(random, 30, 170), between(random, 10, 32)];
    return pick(random, [
      `<circle cx="${x}" cy="${y}" r="${size}"/>`,
      `<rect x="${x - size}" y="${y - size}" width="${2 * size}" height="${1.5 * size}"/>`,
      `<path d="M${x} ${y - size}l${size} ${1.7 * size}h${-2 * size}z"/>`,
    ]);
  }),
);

/** One plain shape: a disc, a ring, a half disc, a triangle, a polygon. */
export const plainShape = figure((random, { paper }) => {
  const hole = between(random, 30, 60);
  return pick(random, [
    '<circle cx="100" cy="100" r="85"/>',
    `<circle cx="100" cy="100" r="85"/><circle cx="100" cy="100" r="${hole}" fill="${paper}"/>`,
    '<path d="M15 120A85 85 0 0 1 185 120Z"/>',
    '<path d="M100 20L185 170H15Z"/>',
    '<path d="M15 30H185L100 180Z"/>',
    '<path d="M60 25H140L185 100L140 175H60L15 100Z"/>',
    '<path d="M130 20A85 85 0 1 0 130 180A65 85 0 1 1 130 20Z"/>',
  ]);
});

/** A mark of a menu: lines, a lens, a tick, an envelope, a house. */
export const icon = figure((random, { ink, paper }) => {
  const width = between(random, 8, 20);
  const stroke = `fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round"`;
  return pick(random, [
    `<path d="M30 55H170M30 100H170M30 145H170" ${stroke}/>`,
    `<circle cx="85" cy="85" r="55" ${stroke}/><path d="M125 125L175 175" ${stroke}/>`,
    `<path d="M25 105L80 160L175 45" ${stroke}/>`,
    `<rect x="15" y="50" width="170" height="105"/><path d="M15 50L100 115L185 50" fill="none" stroke="${paper}" stroke-width="${width}"/>`,
    `<path d="M100 25L185 100H160V175H40V100H15Z"/><rect x="82" y="120" width="36" height="55" fill="${paper}"/>`,
    `<path d="M35 35L165 165M165 35L35 165" ${stroke}/>`,
    `<path d="M60 90V65A40 40 0 0 1 140 65V90" ${stroke}/><rect x="40" y="90" width="120" height="90"/>`,
    `<circle cx="45" cy="100" r="${width}"/><circle cx="100" cy="100" r="${width}"/><circle cx="155" cy="100" r="${width}"/>`,
  ]);
});
