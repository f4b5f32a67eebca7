import { between, figure, pick, repeat, whole } from './pen.js';

export const house = figure((random, { paper, tint }) => {
  const eaves = between(random, 80, 105);
  const window = (index: number) =>
    `<rect x="${45 + 42 * index}" y="${eaves + 15}" width="25" height="25" fill="${paper}"/>`;
  return `<path d="M10 ${eaves}L100 ${between(random, 15, 45)}L190 ${eaves}Z" fill="${tint}"/><rect x="30" y="${eaves}" width="140" height="${180 - eaves}"/>${repeat(3, window)}<rect x="85" y="140" width="30" height="40" fill="${paper}"/>`;
});

export const broadleaf = figure((random) => {
  const leaf = () =>
    `<circle cx="${between(random, 55, 145)}" cy="${between(random, 40, 105)}" r="${between(random, 22, 40)}"/>`;
  return `<path d="M88 190L94 100H106L112 190Z"/>${repeat(whole(random, 4, 8), leaf)}`;
});

export const conifer = figure((random) => {
  const layers = whole(random, 2, 4);
  const layer = (index: number) =>
    `<path d="M100 ${15 + 35 * index}L${160 + 8 * index} ${85 + 35 * index}H${40 - 8 * index}Z"/>`;
  return `${repeat(layers, layer)}<rect x="90" y="${70 + 35 * layers}" width="20" height="30"/>`;
});

export const cup = figure((random, { ink }) => {
  const foot = between(random, 50, 75);
  return `<path d="M35 55H140L${50 + foot + 20} 165H${110 - foot}Z"/><path d="M138 75C190 70 185 135 128 130" fill="none" stroke="${ink}" stroke-width="${between(random, 7, 14)}"/>`;
});

export const chair = figure((random, { ink }) => {
  const width = between(random, 6, 14);
  return `<path d="M60 15V185M60 105H145V185M60 ${between(random, 25, 45)}H75M60 70H75" fill="none" stroke="${ink}" stroke-width="${width}"/><rect x="55" y="98" width="95" height="${between(random, 8, 18)}"/>`;
});

export const lamp = figure((random, { tint }) => {
  const shade = between(random, 25, 50);
  return `<path d="M${100 - shade} 20H${100 + shade}L165 95H35Z" fill="${tint}"/><rect x="94" y="95" width="12" height="75"/><ellipse cx="100" cy="178" rx="${between(random, 30, 50)}" ry="10"/>`;
});

export const bottle = figure((random, { paper }) => {
  const neck = between(random, 10, 18);
  return `<path d="M${100 - neck} 10H${100 + neck}V60C${110 + neck} 75 145 80 145 105V190H55V105C55 80 ${90 - neck} 75 ${100 - neck} 60Z"/><rect x="62" y="115" width="76" height="45" fill="${paper}"/>`;
});

export const umbrella = figure((random, { ink }) => {
  const rib = (index: number) => `Q${30 + 40 * index} ${between(random, 80, 95)} ${50 + 40 * index} 105`;
  return `<path d="M10 105C15 20 185 20 190 105${repeat(4, (index) => rib(3 - index))}Z"/><path d="M100 100V165C100 190 70 190 70 168" fill="none" stroke="${ink}" stroke-width="7"/>`;
});

export const key = figure((random, { paper }) => {
  const tooth = (index: number) =>
    `<rect x="${120 + 20 * index}" y="105" width="11" height="${between(random, 12, 32)}"/>`;
  return `<circle cx="50" cy="100" r="40"/><circle cx="45" cy="100" r="17" fill="${paper}"/><rect x="85" y="92" width="105" height="16"/>${repeat(3, tooth)}`;
});

export const guitar = figure((random, { paper }) => {
  const waist = between(random, 30, 45);
  return `<path d="M100 85C140 85 145 110 ${100 + waist} 125C160 150 150 195 100 195S40 150 ${100 - waist} 125C55 110 60 85 100 85Z"/><rect x="93" y="15" width="14" height="100"/><rect x="87" y="5" width="26" height="22"/><circle cx="100" cy="140" r="15" fill="${paper}"/>`;
});

export const clock = figure((random, { ink, paper }) => {
  const hand = (length: number, width: number) =>
    `<path d="M100 100V${100 - length}" stroke-width="${width}" transform="rotate(${between(random, 0, 360)} 100 100)"/>`;
  const mark = (index: number) => `<path d="M100 22V34" stroke-width="4" transform="rotate(${30 * index} 100 100)"/>`;
  return `<circle cx="100" cy="100" r="88" fill="${paper}" stroke="${ink}" stroke-width="8"/><g stroke="${ink}">${repeat(12, mark)}${hand(65, 4)}${hand(42, 7)}</g>`;
});

export const scissors = figure((random, { ink }) => {
  const angle = between(random, 8, 25);
  const half = (turn: number) =>
    `<g transform="rotate(${turn} 100 100)"><path d="M94 5L106 5L103 130H97Z"/><circle cx="100" cy="158" r="24" fill="none" stroke="${ink}" stroke-width="9"/></g>`;
  return half(angle) + half(-angle);
});

export const flower = figure((random, { ink, tint }) => {
  const count = whole(random, 5, 9);
  const petal = (index: number) =>
    `<ellipse cx="100" cy="40" rx="${150 / count}" ry="28" transform="rotate(${(360 * index) / count} 100 70)"/>`;
  return `${repeat(count, petal)}<circle cx="100" cy="70" r="17" fill="${tint}"/><path d="M100 95V190M100 150Q130 120 145 140M100 165Q70 135 55 155" fill="none" stroke="${ink}" stroke-width="6"/>`;
});

export const skyline = figure((random, { paper }) => {
  let x = 8;
  return repeat(whole(random, 5, 9), () => {
    const [width, top] = [between(random, 15, 34), between(random, 25, 140)];
    x += width;
    if (x > 194) return '';
    const window = (index: number) =>
      `<rect x="${x - 0.75 * width}" y="${top + 8 + 14 * index}" width="${0.4 * width}" height="6" fill="${paper}"/>`;
    return `<rect x="${x - width}" y="${top}" width="${width - 1}" height="${180 - top}"/>${repeat(Math.floor((165 - top) / 14), window)}`;
  });
});

export const mountains = figure((random, { tint }) => {
  const peak = (x: number) => `<path d="M${x - 60} 170L${x} ${between(random, 40, 100)}L${x + 60} 170Z"/>`;
  return `<circle cx="${between(random, 30, 170)}" cy="35" r="18" fill="${tint}"/>${peak(65)}${peak(130)}`;
});

export const tool = figure((random, { ink }) => {
  const width = between(random, 10, 20);
  return pick(random, [
    `<rect x="${100 - width / 2}" y="40" width="${width}" height="150"/><path d="M45 20H135C155 20 160 35 165 50H130V58H45Z"/>`,
    `<rect x="${100 - width / 2}" y="80" width="${width}" height="110"/><path d="M75 10V55C75 75 90 85 100 85S125 75 125 55V10H115V50H105V10H95V50H85V10Z"/>`,
    `<ellipse cx="100" cy="50" rx="32" ry="42"/><rect x="${100 - width / 3}" y="85" width="${width / 1.5}" height="105" rx="4"/>`,
    `<path d="M20 60L180 20V45L60 90ZM55 75L85 185H55L25 80Z"/>`,
    `<path d="M100 190V90" stroke="${ink}" stroke-width="${width}"/><path d="M40 15H160V90H40Z"/>`,
  ]);
});

export const device = figure((random, { paper, tint }) => {
  const [left, top] = [between(random, 15, 60), between(random, 15, 45)];
  return pick(random, [
    `<rect x="${left}" y="${top}" width="${200 - 2 * left}" height="${200 - 2 * top}" rx="12"/><rect x="${left + 9}" y="${top + 16}" width="${182 - 2 * left}" height="${162 - 2 * top}" fill="${paper}"/>`,
    `<rect x="25" y="35" width="150" height="100" rx="6"/><rect x="35" y="45" width="130" height="80" fill="${tint}"/><path d="M5 145H195L180 165H20Z"/>`,
    `<rect x="15" y="55" width="170" height="110" rx="12"/><circle cx="100" cy="110" r="42" fill="${paper}"/><circle cx="100" cy="110" r="27" fill="${tint}"/><rect x="35" y="40" width="40" height="18"/>`,
    `<rect x="20" y="40" width="160" height="95"/><rect x="28" y="48" width="144" height="79" fill="${paper}"/><path d="M85 135H115L120 165H140V173H60V165H80Z"/>`,
  ]);
});
