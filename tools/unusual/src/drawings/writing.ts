import type { Random } from '@strata/core';
import { between, chooseColours, type Kind, pick, repeat, sheet, whole } from './pen.js';

const words = [
  'Invoice',
  'Total',
  'Exit',
  'Open',
  'Receipt',
  'Page',
  'Hello',
  'Error',
  'Price',
  'Menu',
  'Order',
  'Sale',
  'Notice',
  'Ticket',
  'Room',
  'Danger',
  'Push',
  'Login',
  'Strata',
  'Name',
  'Figure',
  'Table',
  'Budget',
  'Report',
  'Closed',
  'Week',
];
const fonts = ['DejaVu Sans', 'DejaVu Serif', 'DejaVu Sans Mono', 'sans-serif', 'serif', 'monospace'];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghkmnpqrstuvwxyz&%@?!#§€'];

function font(random: Random, size: number): string {
  const weight = random.uniform() < 0.4 ? 'bold' : 'normal';
  const slant = random.uniform() < 0.2 ? 'italic' : 'normal';
  return `font-family="${pick(random, fonts)}" font-size="${size}" font-weight="${weight}" font-style="${slant}"`;
}

function phrase(random: Random): string {
  const parts = Array.from({ length: whole(random, 1, 3) }, () => pick(random, words));
  return random.uniform() < 0.6 ? `${parts[0]} ${whole(random, 1, 9999)}` : parts.join(' ');
}

/** One short line, as "Invoice 42". */
export const label: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const text = phrase(random);
  const size = Math.min(between(random, 20, 60), 300 / text.length);
  return sheet(
    random,
    paper,
    `<text x="100" y="${between(random, 60, 140)}" text-anchor="middle" fill="${ink}" ${font(random, size)}>${text}</text>`,
  );
};

/** Several lines, as a page of a letter. */
export const page: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const size = between(random, 7, 16);
  const lines = Math.floor(150 / (1.4 * size));
  const style = font(random, size);
  const line = (index: number) => {
    const text = Array.from({ length: whole(random, 2, Math.floor(42 / size) + 2) }, () => pick(random, words));
    return `<text x="20" y="${30 + 1.4 * size * index}" fill="${ink}" ${style}>${text.join(' ')}</text>`;
  };
  return sheet(random, paper, repeat(whole(random, 3, Math.max(3, lines)), line));
};

/** One large letter. */
export const letter: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const sign = pick(random, letters).replace('&', '&amp;');
  return sheet(
    random,
    paper,
    `<text x="100" y="155" text-anchor="middle" fill="${ink}" ${font(random, between(random, 110, 180))}>${sign}</text>`,
  );
};

/** A number of one to four digits. */
export const number: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const text = String(whole(random, 0, 10 ** whole(random, 1, 4)));
  const size = Math.min(150, 280 / text.length);
  return sheet(
    random,
    paper,
    `<text x="100" y="${100 + size / 3}" text-anchor="middle" fill="${ink}" ${font(random, size)}>${text}</text>`,
  );
};

/** A pen that wanders, as a signature or a scrawl. */
export const scrawl: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const point = () => `${between(random, 15, 185)} ${between(random, 40, 160)}`;
  const path = `M${point()}${repeat(whole(random, 4, 14), () => `S${point()} ${point()}`)}`;
  const width = between(random, 1.5, 7);
  return sheet(random, paper, `<path d="${path}" fill="none" stroke="${ink}" stroke-width="${width}"/>`);
};

/** Digits as a pen writes them, of strokes alone. */
export const penDigit: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const paths = [
    'M100 30C40 30 40 170 100 170S160 30 100 30',
    'M80 60L105 30V170',
    'M60 70C60 20 150 20 140 80C130 120 60 140 55 170H150',
    'M60 40H140L95 90C160 90 160 170 60 165',
    'M120 170V30L50 125H155',
    'M145 30H75L65 90C160 70 160 180 60 165',
    'M130 30C60 60 50 170 100 170S150 90 65 115',
    'M55 30H145L85 170M75 100H130',
    'M100 95C50 80 60 30 100 30S150 80 100 95S40 170 100 170S160 115 100 95',
    'M140 70C140 20 60 20 60 70S140 120 140 70L125 170',
  ];
  const width = between(random, 6, 22);
  return sheet(
    random,
    paper,
    `<path d="${pick(random, paths)}" fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round"/>`,
  );
};

/** A staff with notes. */
export const music: Kind = (random) => {
  const { ink, paper } = chooseColours(random);
  const staff = repeat(5, (line) => `<path d="M10 ${80 + 12 * line}H190" stroke="${ink}" stroke-width="1.5"/>`);
  const note = (index: number) => {
    const [x, y] = [30 + 25 * index, 80 + 6 * whole(random, 0, 8)];
    return `<ellipse cx="${x}" cy="${y}" rx="8" ry="6" fill="${ink}"/><path d="M${x + 7} ${y}v-40" stroke="${ink}" stroke-width="2.5"/>`;
  };
  return sheet(random, paper, staff + repeat(whole(random, 3, 7), note));
};
