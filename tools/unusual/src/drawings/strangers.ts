import { between, figure, pick, repeat, shade, whole } from './pen.js';

export const pizza = figure((random, { tint, paper }) => {
  const topping = () =>
    `<circle cx="${between(random, 60, 140)}" cy="${between(random, 60, 140)}" r="${between(random, 6, 13)}" fill="${tint}"/>`;
  const cut = (index: number) =>
    `<path d="M100 15V185" stroke="${paper}" stroke-width="3" transform="rotate(${45 * index} 100 100)"/>`;
  return `<circle cx="100" cy="100" r="88"/>${repeat(whole(random, 6, 14), topping)}${repeat(4, cut)}`;
});

export const burger = figure((random, { tint }) => {
  const layers = whole(random, 2, 4);
  const layer = (index: number) =>
    `<rect x="15" y="${95 + 20 * index}" width="170" height="15" rx="7" fill="${index % 2 === 0 ? tint : shade(random, 60, 120)}"/>`;
  return `<path d="M15 90C15 20 185 20 185 90Z"/>${repeat(layers, layer)}<rect x="15" y="${98 + 20 * layers}" width="170" height="30" rx="12"/>`;
});

export const dog = figure((random, { paper, ink }) => {
  const ear = between(random, 45, 80);
  return `<rect x="40" y="85" width="110" height="45" rx="20"/><rect x="48" y="120" width="16" height="60"/><rect x="128" y="120" width="16" height="60"/><circle cx="155" cy="75" r="30"/><rect x="165" y="75" width="30" height="20" rx="8"/><path d="M135 55L128 ${50 + ear}L150 ${55 + 0.5 * ear}Z" stroke="${paper}"/><path d="M42 95Q10 ${between(random, 40, 90)} 12 50" fill="none" stroke="${ink}" stroke-width="9"/>`;
});

export const elephant = figure((random, { ink, tint }) => {
  const trunk = between(random, 130, 175);
  return `<ellipse cx="115" cy="95" rx="70" ry="50"/><rect x="65" y="115" width="25" height="70"/><rect x="145" y="115" width="25" height="70"/><circle cx="50" cy="80" r="34"/><ellipse cx="68" cy="80" rx="20" ry="30" fill="${tint}"/><path d="M28 90Q10 120 22 ${trunk}" fill="none" stroke="${ink}" stroke-width="15"/>`;
});

export const coins = figure((random, { paper, ink }) =>
  repeat(whole(random, 3, 7), () => {
    const [x, y, radius] = [between(random, 35, 165), between(random, 35, 165), between(random, 15, 32)];
    return `<circle cx="${x}" cy="${y}" r="${radius}" stroke="${paper}" stroke-width="3"/><circle cx="${x}" cy="${y}" r="${0.7 * radius}" fill="none" stroke="${paper === ink ? 'grey' : paper}" stroke-width="2"/>`;
  }),
);

export const flag = figure((random, { tint, ink }) => {
  const bands = whole(random, 2, 5);
  const band = (index: number) =>
    `<rect x="30" y="${25 + (110 / bands) * index}" width="155" height="${110 / bands}" fill="${index % 2 === 0 ? tint : shade(random, 20, 230)}"/>`;
  return `${repeat(bands, band)}<path d="M25 10V195" stroke="${ink}" stroke-width="7"/>`;
});

export const keyboard = figure((random) => {
  const rows = whole(random, 3, 5);
  const keyAt = (index: number) =>
    `<rect x="${8 + 18.5 * (index % 10)}" y="${60 + 19 * Math.floor(index / 10)}" width="15" height="15" rx="2"/>`;
  return (
    repeat(10 * rows, keyAt) +
    `<rect x="50" y="${62 + 19 * rows}" width="${between(random, 70, 110)}" height="15" rx="2"/>`
  );
});

export const trafficLight = figure((random, { paper, tint }) => {
  const lit = whole(random, 0, 2);
  const light = (index: number) =>
    `<circle cx="100" cy="${45 + 42 * index}" r="17" fill="${index === lit ? paper : tint}"/>`;
  return `<rect x="70" y="18" width="60" height="${between(random, 138, 150)}" rx="10"/>${repeat(3, light)}<rect x="94" y="150" width="12" height="45"/>`;
});

export const windmill = figure((random, { tint }) => {
  const turned = between(random, 0, 90);
  const sail = (index: number) =>
    `<path d="M100 80L92 10H115L108 80Z" fill="${tint}" transform="rotate(${turned + 90 * index} 100 80)"/>`;
  return `<path d="M80 75H120L140 190H60Z"/>${repeat(4, sail)}<circle cx="100" cy="80" r="8"/>`;
});

export const playingCard = figure((random, { paper, ink }) => {
  const pip = pick(random, [
    'M0 -12L10 0L0 12L-10 0Z',
    'M0 12C-22 -6 -8 -18 0 -6C8 -18 22 -6 0 12Z',
    'M0 -13C22 6 8 16 2 6L5 14H-5L-2 6C-8 16 -22 6 0 -13Z',
  ]);
  const place = (index: number) =>
    `<path d="${pip}" fill="${ink}" transform="translate(${75 + 50 * (index % 2)} ${45 + 37 * Math.floor(index / 2)})"/>`;
  return `<rect x="45" y="12" width="110" height="176" rx="10" fill="${paper}" stroke="${ink}" stroke-width="4"/>${repeat(whole(random, 3, 8), place)}`;
});

export const planet = figure((random, { ink }) => {
  const tilt = between(random, -40, 40);
  return `<circle cx="100" cy="100" r="${between(random, 45, 60)}"/><ellipse cx="100" cy="100" rx="92" ry="${between(random, 15, 30)}" fill="none" stroke="${ink}" stroke-width="7" transform="rotate(${tilt} 100 100)"/>`;
});

export const anchor = figure((random, { ink }) => {
  const width = between(random, 9, 18);
  return `<g fill="none" stroke="${ink}" stroke-width="${width}"><circle cx="100" cy="35" r="18"/><path d="M100 53V175M55 80H145M25 120C30 190 170 190 175 120"/></g>`;
});
