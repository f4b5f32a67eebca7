import { bindWeights, countElements, formatShape, nodesOf, type Tensor, WeightsError } from '@strata/core';
import { writeSafetensors } from '@strata/formats/safetensors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointSources, readCheckpoint, translateWeights } from '../src/checkpoints/index.js';
import { inputShapeOf } from '../src/checkpoints/metadata.js';
import { buildGoogLeNet, variantNames } from '../src/network/index.js';
import { readStateDict } from './state-dicts.js';

function zeros(shape: readonly number[]): Tensor {
  return { shape, dtype: 'float32', data: new Float32Array(countElements(shape)) };
}

/** What binding says, one fault an item, in no order: of several there is a table. */
function faultsOf({ table, message }: WeightsError): string[] {
  if (table !== undefined) return table.rows.map(([name, got, want]) => `${name} is ${got} (want ${want})`).sort();
  return [/^weights: 1 of \d+ tensors do not fit: (.*), want the \d+ parameters/.exec(message)?.[1] ?? message];
}

describe.each(variantNames)('a checkpoint of %s', (variant) => {
  const graph = buildGoogLeNet(variant);
  const entries = readStateDict(variant).map(([name, shape]): [string, Tensor] => [name, zeros(shape)]);
  const source = checkpointSources.find((known) => known.variant === variant);
  const wanted = new Map(nodesOf(graph, 'parameter').map(({ name, attributes }) => [name, attributes.shape]));
  // Such as inference needs.
  const names = entries.map(([name]) => name).filter((name) => wanted.has(source?.parameters.get(name) ?? ''));

  it('with any tensors missing, misshapen and surplus gives one error that lists these and no others', () => {
    const plan = fc.record({
      missing: fc.subarray(names, { maxLength: Math.floor(names.length / 2) }),
      misshapen: fc.subarray(names),
      surplus: fc.uniqueArray(fc.stringMatching(/^extra\.[a-z]{1,4}$/), { maxLength: 3 }),
      reversed: fc.boolean(),
    });
    fc.assert(
      fc.property(plan, ({ missing, misshapen, surplus, reversed }) => {
        const given = entries
          .filter(([name]) => !missing.includes(name))
          .map(([name, one]): [string, Tensor] => [name, misshapen.includes(name) ? zeros([...one.shape, 1]) : one]);
        given.push(...surplus.map((name): [string, Tensor] => [name, zeros([1])]));
        const { weights } = translateWeights(variant, Object.fromEntries(reversed ? given.reverse() : given));
        const ours = (name: string) => source?.parameters.get(name) ?? name;
        const shape = (name: string) => wanted.get(ours(name)) ?? [];
        const misshapenHere = misshapen.filter((name) => !missing.includes(name));
        const count = missing.length + misshapenHere.length + surplus.length;
        const want = [
          ...missing.map((name) => `${ours(name)} is missing (want ${formatShape(shape(name))})`),
          ...misshapenHere.map(
            (name) => `${ours(name)} is ${formatShape([...shape(name), 1])} (want ${formatShape(shape(name))})`,
          ),
          ...surplus.map((name) => `${name} is ${count === 1 ? 'not a parameter of this network' : '[1] (want none)'}`),
        ];
        try {
          bindWeights(graph, weights);
          expect(want).toEqual([]);
        } catch (error) {
          if (!(error instanceof WeightsError)) throw error;
          expect(faultsOf(error)).toEqual(want.sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('under our own names is known by its metadata', async () => {
    const file = writeSafetensors({ 'conv1.weight': zeros([1]) }, { metadata: { variant } });
    expect((await readCheckpoint(file, undefined)).variant).toBe(variant);
  });
});

it('metadata tells channels, height and width, in this order', () => {
  expect(inputShapeOf({ input: '3x64x48, RGB' })).toEqual([3, 64, 48]);
  expect(inputShapeOf({ input: '1×28×96' })).toEqual([1, 28, 96]);
});
