import { cropPlane, type Plane } from './plane.js';
import { resizeArea } from './resize.js';

/** A part of a picture, in its pixels; right and bottom are just outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Longest side of the grid on which content is looked for: fine against 28 pixels, coarse against noise. */
const gridSide = 112;
/** What counts as content at least: the originals were trimmed of all within five percent of the background. */
const leastContrast = 0.05;

/**
 * The box around what stands before the background; `undefined` when nothing does. Single specks, faint corners and the
 * soft end of a shadow are left outside.
 */
export function findContent(foreground: Plane, noise: number): Box | undefined {
  const whole = { left: 0, top: 0, right: foreground.width, bottom: foreground.height };
  const coarse = findIn(foreground, whole, noise);
  // Again inside what was found, where the grid's cells are smaller.
  return coarse === undefined ? undefined : (findIn(foreground, coarse, noise) ?? coarse);
}

/** As `findContent` inside a box: the cells that hold the content, in pixels of the foreground. */
function findIn(foreground: Plane, box: Box, noise: number): Box | undefined {
  const inside = cropPlane(foreground, box);
  const shrink = Math.min(1, gridSide / Math.max(inside.width, inside.height));
  const grid = resizeArea(
    inside,
    Math.max(1, Math.round(inside.width * shrink)),
    Math.max(1, Math.round(inside.height * shrink)),
  );
  const least = Math.max(leastContrast, 3 * noise * shrink);
  const main = largest(findRegions(grid, least));
  if (main === undefined) return undefined;
  const regions = findRegions(grid, Math.max(least, 0.1 * main.peak));
  const heaviest = largest(regions) ?? main;
  const kept = regions.filter(({ mass, peak }) => mass >= 0.02 * heaviest.mass && peak >= 0.25 * heaviest.peak);
  const [cellWidth, cellHeight] = [inside.width / grid.width, inside.height / grid.height];
  return {
    left: Math.max(box.left, Math.floor(box.left + Math.min(...kept.map((r) => r.left)) * cellWidth)),
    top: Math.max(box.top, Math.floor(box.top + Math.min(...kept.map((r) => r.top)) * cellHeight)),
    right: Math.min(box.right, Math.ceil(box.left + Math.max(...kept.map((r) => r.right)) * cellWidth)),
    bottom: Math.min(box.bottom, Math.ceil(box.top + Math.max(...kept.map((r) => r.bottom)) * cellHeight)),
  };
}

interface Region extends Box {
  /** Sum of its values. */
  readonly mass: number;
  readonly peak: number;
}

function largest(regions: readonly Region[]): Region | undefined {
  return regions.reduce<Region | undefined>(
    (best, region) => (best === undefined || region.mass > best.mass ? region : best),
    undefined,
  );
}

/** The regions of cells above `least` that touch, corners included. */
function findRegions({ data, width, height }: Plane, least: number): Region[] {
  const seen = new Uint8Array(data.length);
  const regions: Region[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || data[start] <= least) continue;
    seen[start] = 1;
    const pending = [start];
    let left = width;
    let top = height;
    let right = 0;
    let bottom = 0;
    let mass = 0;
    let peak = 0;
    for (let cell = pending.pop(); cell !== undefined; cell = pending.pop()) {
      const x = cell % width;
      const y = Math.floor(cell / width);
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
      mass += data[cell];
      peak = Math.max(peak, data[cell]);
      for (let ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
        for (let nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
          const neighbour = ny * width + nx;
          if (seen[neighbour] === 1 || data[neighbour] <= least) continue;
          seen[neighbour] = 1;
          pending.push(neighbour);
        }
      }
    }
    regions.push({ left, top, right, bottom, mass, peak });
  }
  return regions;
}
