import { oddValues, untyped } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { GraphError, InputError, StrataError, WeightsError } from '../src/errors.js';
import { LayerBuilder } from '../src/layers/index.js';
import { createReferenceBackend, interpret } from '../src/reference/index.js';
import { checkTensor, tensor } from '../src/tensor/tensor.js';
import { bindWeights } from '../src/weights/bind.js';

const layers = new LayerBuilder();
const graph = layers.build([layers.add('y', layers.input('x', [2]), layers.parameter('p', [2]))]);
const good = tensor([2], [1, 2]);
const backend = createReferenceBackend();
const network = await backend.compile(graph, { p: good });

async function errorOf(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return error;
  }
}

type Entry = readonly [
  where: string,
  enter: (value: never) => unknown,
  Failure: abstract new (...given: never[]) => unknown,
];

const entries: readonly Entry[] = [
  ['compile: graph', (value) => backend.compile(value, {}), GraphError],
  ['compile: weights', (value) => backend.compile(graph, value), WeightsError],
  ['compile: a weight', (value) => backend.compile(graph, { p: value }), WeightsError],
  ['compile: the data of a weight', (data) => backend.compile(graph, { p: { ...good, data } }), WeightsError],
  ['bindWeights', (value) => bindWeights(graph, value), WeightsError],
  ['run: inputs', (value) => network.run(value), InputError],
  ['run: an input', (value) => network.run({ x: value }), InputError],
  ['run: the data of an input', (data) => network.run({ x: { ...good, data } }), StrataError],
  ['interpret: weights', (value) => interpret(graph, value, { x: good }), WeightsError],
  ['interpret: a weight', (value) => interpret(graph, { p: value }, { x: good }), WeightsError],
  ['interpret: inputs', (value) => interpret(graph, { p: good }, value), InputError],
  ['interpret: an input', (value) => interpret(graph, { p: good }, { x: value }), InputError],
  ['checkTensor', (value) => checkTensor(value, 'x'), InputError],
];

describe.each(entries)('%s', (_, enter, Failure) => {
  it.each(oddValues)('that is %s is told by what it is', async (name, value) => {
    const error = await errorOf(() => enter(untyped(value)));
    expect(error).toBeInstanceOf(Failure);
    // A weight that is undefined is one that is not there.
    expect(String(error)).toMatch(name === 'undefined' ? /undefined|p is missing/ : name);
  });
});

describe('the values of a tensor', () => {
  it.each(oddValues.filter(([name]) => !/Array$|DataView/.test(name)))('cannot be %s', (name, value) => {
    expect(() => tensor([2], untyped(value))).toThrow(`tensor: ${name}, want a Float32Array or an array of numbers`);
  });
});
