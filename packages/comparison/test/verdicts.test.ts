import { type Backend, LayerBuilder, nodesOf, type Tensor, tensor } from '@strata/core';
import { type Agreement, agree, createReferenceBackend } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { groupByStage } from '../src/group-by-stage.js';
import { diffNetworks } from '../src/index.js';
import { shareOfLargest } from '../src/model.js';

/** An element that is so many times its tolerance away. */
function away(times: number): Agreement {
  const judged = { shape: [1], value: Float64Array.of(1), tolerance: Float64Array.of(0.5) };
  return agree(judged, Float32Array.of(1 + times / 2));
}

it('a stage has the worst of its layers, wherever it stands', () => {
  const layer = (name: string, first: number, second: number, difference: number) => ({
    name,
    first: away(first),
    second: away(second),
    difference,
  });
  const layers = [layer('a.x', 3, 0, 0.25), layer('b', 1, 2, 0), layer('a.y', 0.5, 4, 0.5), layer('a', 1, 1, 0.125)];
  expect(groupByStage(layers).map(({ layers: members, ...stage }) => [stage, members.length])).toEqual([
    [{ name: 'a', first: 3, second: 4, difference: 0.5 }, 3],
    [{ name: 'b', first: 1, second: 2, difference: 0 }, 1],
  ]);
});

it('a difference is a share of the largest value; a NaN on either side is infinite', () => {
  expect(shareOfLargest([1, -6], [2, -4])).toBe(0.5);
  expect([shareOfLargest([Number.NaN, 1], [0, 1]), shareOfLargest([0, 1], [Number.NaN, 1])]).toEqual([
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]);
  expect(shareOfLargest([0], [0])).toBe(0);
});

describe('two backends', () => {
  const layers = new LayerBuilder();
  const x = layers.input('x', [1, 4]);
  const graph = layers.build([layers.linear('fc', layers.relu('stage', x), { features: 2 })]);
  const weights = { 'fc.weight': tensor([2, 4], [1, 2, 3, 4, 4, 3, 2, 1]), 'fc.bias': tensor([2], [1, -1]) };
  const network = { graph, weights, inputs: { x: tensor([1, 4], [0.1, 0.2, 0.3, 0.4]) } };

  /** The reference, but its sums are larger by a share. */
  function enlarging(share: number, report: Partial<Backend['report']> = {}): Backend {
    const right = createReferenceBackend();
    return {
      ...right,
      report: { ...right.report, ...report },
      async compile(given, bound, options) {
        const executable = await right.compile(given, bound, options);
        const sums = nodesOf(given, 'linear').map((node) => node.name);
        return {
          ...executable,
          async run(...inputs) {
            const outputs = await executable.run(...inputs);
            return Object.fromEntries(
              Object.entries(outputs).map(([name, value]): [string, Tensor] => {
                if (!('data' in value)) throw new Error('a device tensor');
                return [
                  name,
                  sums.includes(name)
                    ? { ...value, data: Float32Array.from(value.data, (one) => one * (1 + share)) }
                    : value,
                ];
              }),
            );
          },
        };
      },
    };
  }

  it('of two precisions are each judged by their own bounds', async () => {
    const rough = enlarging(2 ** -13, { precision: 'half' });
    const fine = enlarging(0);
    expect((await diffNetworks(network, rough, fine)).firstDiverging).toBeUndefined();
    const wrong = enlarging(2 ** -13);
    expect((await diffNetworks(network, rough, wrong)).firstDiverging).toMatchObject({ wrong: ['second'] });
    expect((await diffNetworks(network, wrong, rough)).firstDiverging).toMatchObject({ wrong: ['first'] });
    const [{ first, second }] = (await diffNetworks(network, rough, wrong)).outputs;
    expect([first.shipped.failed, second.shipped.failed > 0]).toEqual([0, true]);
  });
});
