import { LayerBuilder, type Program, tensor } from '@strata/core';
import { expect, it } from 'vitest';
import { openBySize, type Sizes } from '../src/runtime/by-size.js';

it('makes a program for each set of sizes, keeps four, and frees the least recently used', async () => {
  const layers = new LayerBuilder();
  const graph = layers.build([layers.relu('y', layers.input('x', ['batch', 3, 'width']))]);
  const events: string[] = [];
  const open = async ({ batch, width }: Sizes): Promise<Program> => {
    const name = `${batch}×${width}`;
    events.push(`open ${name}`);
    return {
      execute: async ({ x }) => ({ y: x }),
      release: () => {
        events.push(`free ${name}`);
      },
    };
  };
  const program = openBySize({ graph, weights: {} }, open);
  const run = (batch: number, width: number) =>
    program.execute({ x: tensor([batch, 3, width], new Float32Array(batch * 3 * width)) }, undefined);
  for (const width of [1, 2, 3, 4, 1, 5, 1, 2]) await run(2, width);
  expect(events).toEqual(
    ['1', '2', '3', '4'].map((width) => `open 2×${width}`).concat('open 2×5', 'free 2×2', 'open 2×2', 'free 2×3'),
  );
  await program.release();
  expect(events.slice(-4).sort()).toEqual(['free 2×1', 'free 2×2', 'free 2×4', 'free 2×5']);
});
