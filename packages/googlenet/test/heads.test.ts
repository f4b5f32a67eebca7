import { nodesOf, type Tensor, tensor, type Weights } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { buildGoogLeNet, constantsOf, loadGoogLeNet, summariseNetwork, type Widths } from '../src/index.js';
import { staysFinite } from '../src/model/stays-finite.js';
import { adaptivePoolWeights } from '../src/network/auxiliary.js';
import { paperWidths } from '../src/network/widths.js';
import { createFakeBackend } from './fake-backend.js';

/** Every width 2. */
const narrow: Widths = Object.fromEntries(Object.keys(paperWidths).map((layer) => [layer, 2]));

function filled(variant: 'bvlc' | 'torchvision', input: readonly number[], auxiliary: boolean): Weights {
  const options = { input, auxiliary, widths: narrow, classes: 3 };
  const parameters = nodesOf(buildGoogLeNet(variant, options), 'parameter').map(
    ({ name, attributes: { shape } }): [string, Tensor] => [
      name,
      tensor(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.01)),
    ],
  );
  return { ...Object.fromEntries(parameters), ...constantsOf(variant, options) };
}

describe('auxiliary heads', () => {
  it.each([
    ['bvlc', 13_378_280],
    ['torchvision', 13_004_888],
  ] as const)('bring %s to the published number of parameters', (variant, parameters) => {
    const graph = buildGoogLeNet(variant, { auxiliary: true });
    expect(graph.outputs.slice(1)).toEqual(['aux1', 'aux2']);
    expect(summariseNetwork(graph, [3, 224, 224]).parameters).toBe(parameters);
  });

  it.each(['seed', 'd2l'] as const)('are none of %s', (variant) => {
    expect(() => buildGoogLeNet(variant, { auxiliary: true })).toThrowError(
      'auxiliary: true, want the bvlc or torchvision variant; no other has this part',
    );
  });

  it('take four cells of 14 pixels as PyTorch does: 0 to 3, 3 to 6, 7 to 10 and 10 to 13', () => {
    const { data } = adaptivePoolWeights([16, 1, 14, 14], 4);
    const ends = [
      [0, 4],
      [3, 7],
      [7, 11],
      [10, 14],
    ] as const;
    const want = ends.flatMap(([top, bottom]) =>
      ends.flatMap(([left, right]) =>
        Array.from({ length: 14 * 14 }, (_, index) => {
          const [row, column] = [Math.floor(index / 14), index % 14];
          return row >= top && row < bottom && column >= left && column < right ? 1 / 16 : 0;
        }),
      ),
    );
    expect([...data]).toEqual(want);
  });

  it('pool maps that are smaller than the cells, and not square', () => {
    const { data } = adaptivePoolWeights([16, 1, 2, 5], 4);
    // Row 0 twice, row 1 twice; columns 0–1, 1–2, 2–3, 3–4.
    expect([...data.subarray(0, 10)]).toEqual([0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...data.subarray(150)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.5]);
  });

  it('a pool of even cells and one that is a convolution give the same', async () => {
    const backend = createReferenceBackend();
    const cells = async (side: number) => {
      const input = [3, side, side];
      const net = await loadGoogLeNet({
        backend,
        variant: 'torchvision',
        weights: filled('torchvision', input, true),
        input,
        auxiliary: true,
      });
      const { aux1 } = await net.run(tensor([1, ...input], new Float32Array(3 * side * side).fill(1)));
      return { values: [...aux1.data], ops: net.graph.nodes.filter(({ name }) => name === 'aux1.pool')[0]?.op };
    };
    const [even, odd] = [await cells(64), await cells(80)];
    expect([even.ops, odd.ops]).toEqual(['avgPool2d', 'conv2d']);
    expect(odd.values).toHaveLength(3);
    for (const value of [...even.values, ...odd.values]) expect(value).toBeGreaterThan(0);
  });

  it('leave it certain that ordinary weights stay finite', () => {
    const input = [3, 80, 96];
    const options = { input, auxiliary: true, widths: narrow, classes: 3 };
    const graph = buildGoogLeNet('torchvision', options);
    expect(staysFinite(graph, filled('torchvision', input, true), 1e4)).toBe(true);
  });

  it('are refused by name where the weights have none, or have them for another size', async () => {
    const { backend } = createFakeBackend();
    const input = [3, 96, 96];
    const load = (weights: Weights) =>
      loadGoogLeNet({ backend, variant: 'bvlc', weights, input, auxiliary: true }).then(
        () => '',
        (error: unknown) => String(error),
      );
    expect(await load(filled('bvlc', input, false))).toBe(
      "WeightsError: weights: weights without auxiliary heads, want tensors such as 'aux1.conv.weight'",
    );
    expect(await load(filled('bvlc', [3, 224, 224], true))).toBe(
      'WeightsError: aux1.fc1.weight: [2,32], want [2,8] for pictures of this size; give the input that the auxiliary heads were trained with, or load without them',
    );
  });

  it('that are wrong do not matter to a network without them', async () => {
    const { backend } = createFakeBackend();
    const { 'aux1.bias': _, ...weights } = filled('bvlc', [3, 224, 224], true);
    const net = await loadGoogLeNet({ backend, variant: 'bvlc', weights, input: [3, 64, 64] });
    expect(net.skipped).toContain('aux2.bias');
    await expect(
      loadGoogLeNet({ backend, variant: 'bvlc', weights, input: [3, 224, 224], auxiliary: true }),
    ).rejects.toThrow('aux1.bias is missing (want [3])');
  });
});
