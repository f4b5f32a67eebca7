import * as charts from './charts.js';
import * as creatures from './creatures.js';
import * as fractals from './fractals.js';
import * as patterns from './patterns.js';
import type { Kind } from './pen.js';
import * as signs from './signs.js';
import * as strangers from './strangers.js';
import * as textures from './textures.js';
import * as things from './things.js';
import * as vehicles from './vehicles.js';
import * as writing from './writing.js';

/** Kinds of pictures that show no garment, by family. Nothing was chosen on the `strangers`. */
export const families: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  writing: { ...writing },
  charts: { ...charts },
  patterns: { ...patterns },
  textures: { ...textures },
  fractals: { ...fractals },
  signs: { ...signs },
  vehicles: { ...vehicles },
  creatures: { ...creatures },
  things: { ...things },
  strangers: { ...strangers },
};

/** All kinds by `family/name`. */
export const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.entries(families).flatMap(([family, some]) =>
    Object.entries(some).map(([name, kind]) => [`${family}/${name}`, kind] as const),
  ),
);

/** Whether a kind was drawn only after all choices were made. */
export function isStranger(name: string): boolean {
  return name.startsWith('strangers/');
}
