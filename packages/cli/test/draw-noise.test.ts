import { expect, it } from 'vitest';
import { drawNoise } from '../src/diff/draw-noise.js';

it('draws the same noise for a seed', () => {
  const { data, width, height } = drawNoise(3, 1);
  expect({ width, height, length: data.length }).toEqual({ width: 3, height: 3, length: 36 });
  expect([...data.subarray(0, 8)]).toMatchInlineSnapshot(`
    [
      124,
      172,
      38,
      255,
      179,
      95,
      64,
      255,
    ]
  `);
  expect(drawNoise(3, 2).data).not.toEqual(data);
});
