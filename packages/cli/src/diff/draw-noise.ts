import { createRandom } from '@strata/core';
import type { Pixels } from '@strata/googlenet';

/** A square picture of noise, opaque RGBA: the same for a seed on every machine. */
export function drawNoise(side: number, seed: number): Pixels {
  const random = createRandom(`noise ${seed}`);
  const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : Math.floor(256 * random.uniform()),
  );
  return { data, width: side, height: side };
}
