import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadPixels, type Pixels } from '@strata/googlenet';

/** The pixels of the sample pictures that the googlenet package ships. */
export async function loadSamples(): Promise<Pixels[]> {
  const folder = dirname(createRequire(import.meta.url).resolve('@strata/googlenet/samples/ankle-boot.jpg'));
  const names = (await readdir(folder)).filter((name) => /\.(jpg|png)$/.test(name)).sort();
  return Promise.all(names.map(async (name) => loadPixels(await readFile(join(folder, name)))));
}

export function mirrorPixels(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  return rearrange(pixels, width, height, (x, y) => [width - 1 - x, y]);
}

/** A quarter, clockwise. */
export function turnPixels(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  return rearrange(pixels, height, width, (x, y) => [y, height - 1 - x]);
}

/** A picture of another size, each pixel from where `from` says. */
function rearrange(
  pixels: Pixels,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [number, number],
): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = from(x, y);
      const start = 4 * (v * pixels.width + u);
      data.set(pixels.data.subarray(start, start + 4), 4 * (y * width + x));
    }
  }
  return { data, width, height };
}
