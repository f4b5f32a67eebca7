import type { Random } from '@strata/core';
import type { Pixels } from '@strata/googlenet';

/** A picture that code draws: the text of an SVG file, or pixels. */
export type Drawing = string | Pixels;

/** Draws one picture of its kind, another at each call. */
export type Kind = (random: Random) => Drawing;

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** A whole number from `low` to `high`, both possible. */
export function whole(random: Random, low: number, high: number): number {
  return low + Math.floor((high - low + 1) * random.uniform());
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(list.length * random.uniform())];
}

/** `count` results of `make`, joined. */
export function repeat(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('');
}

/** Ink and paper that differ: three of four times dark on light. */
export interface Colours {
  readonly ink: string;
  readonly paper: string;
  /** A third colour between the two. */
  readonly tint: string;
}

export function chooseColours(random: Random): Colours {
  const dark = shade(random, 0, 95);
  const light = shade(random, 205, 255);
  const tint = shade(random, 110, 190);
  return random.uniform() < 0.75 ? { ink: dark, paper: light, tint } : { ink: light, paper: dark, tint };
}

/** Each channel between the two levels. */
export function shade(random: Random, low: number, high: number): string {
  return `rgb(${[0, 1, 2].map(() => whole(random, low, high)).join(',')})`;
}

/** An SVG of 200×200 units and some size in pixels, its content scaled, shifted and tilted a little. */
export function sheet(random: Random, paper: string, content: string): string {
  const side = whole(random, 120, 420);
  const scale = between(random, 0.75, 1);
  const shift = () => between(random, -0.4, 0.4) * (1 - scale) * 200;
  const move = `translate(${shift()} ${shift()}) rotate(${between(random, -6, 6)} 100 100)`;
  const grow = `translate(100 100) scale(${scale}) translate(-100 -100)`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 200 200">` +
    `<rect width="200" height="200" fill="${paper}"/><g transform="${move} ${grow}">${content}</g></svg>`
  );
}

/** A kind whose content is drawn in units of 200×200, filled or as outlines by chance. */
export function figure(draw: (random: Random, colours: Colours) => string): Kind {
  return (random) => {
    const colours = chooseColours(random);
    const content = draw(random, colours);
    const outlined = random.uniform() < 0.35;
    const style = outlined
      ? `fill="none" stroke="${colours.ink}" stroke-width="${between(random, 2, 6)}"`
      : `fill="${colours.ink}" stroke="none"`;
    return sheet(random, colours.paper, `<g ${style} stroke-linejoin="round">${content}</g>`);
  };
}

/** Pixels of one grey level each, `level` from 0 to 1. */
export function paint(width: number, height: number, level: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.fill(255 * level(x, y), 4 * (y * width + x), 4 * (y * width + x) + 3);
  }
  return { data, width, height };
}
