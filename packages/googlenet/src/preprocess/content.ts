import { type Box, boxOf, type Plane } from './plane.js';
import { resizeArea } from './resize.js';

/** Longest side of the grid on which content is looked for: fine against 28 pixels, coarse against noise. */
const gridSide = 112;
/**
 * The least that counts as content: the originals were trimmed of all that is within five percent of the background.
 */
export const leastContrast = 0.05;

/** How content is told from its background. */
export interface ContentLimits {
  /** Spread of the background: what lies within three times that is no content. */
  readonly noise: number;
  /** What counts as content at least, in [0, 1]. */
  readonly least: number;
}

/**
 * The box around what stands before the background; `undefined` when nothing does. Single specks, faint corners and the
 * soft end of a shadow are left outside.
 */
export function findContent(foreground: Plane, limits: ContentLimits): Box | undefined {
  const coarse = findIn(foreground, boxOf(foreground), limits);
  // Again inside what was found, where the grid's cells are smaller.
  return coarse === undefined ? undefined : (findIn(foreground, coarse, limits) ?? coarse);
}

/** As `findContent` inside a box: the cells that hold the content, in pixels of the foreground. */
function findIn(foreground: Plane, box: Box, limits: ContentLimits): Box | undefined {
  const inside = { width: box.right - box.left, height: box.bottom - box.top };
  const shrink = Math.min(1, gridSide / Math.max(inside.width, inside.height));
  const grid = resizeArea(
    foreground,
    Math.max(1, Math.round(inside.width * shrink)),
    Math.max(1, Math.round(inside.height * shrink)),
    box,
  );
  const least = Math.max(limits.least, 3 * limits.noise * shrink);
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
