import { randomWeights } from '@strata/trials';
import { LayerBuilder } from '../../src/layers/index.js';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';

const layers = new LayerBuilder();
const x = layers.input('x', ['batch', 2]);
const hidden = layers.linear('hidden', x, { features: 3, activation: 'relu' });
/** linear, relu, dropout, softmax. */
export const graph = layers.build([layers.softmax('y', layers.dropout('drop', hidden, { rate: 0.5 }))]);
export const weights = randomWeights(graph, 5);
/** An input of one row. */
export const pair = (first: number): Record<string, Tensor> => ({ x: tensor([1, 2], [first, 1]) });

/** The text of the error that `work` ends with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => {
      throw new Error('it was taken');
    },
    (error: unknown) => String(error),
  );
}
