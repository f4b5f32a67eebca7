import { expect, it } from 'vitest';
import { copyTensor, tensor } from '../src/tensor/tensor.js';

it('a tensor has a shape of its own: the caller may change the list that it gave', () => {
  const shape = [1, 2];
  const made = tensor(shape, [3, 4]);
  const copied = copyTensor({ shape, dtype: 'float32', data: made.data });
  shape[0] = 7;
  expect([made.shape, copied.shape]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  made.data[0] = 9;
  expect([...copied.data]).toEqual([3, 4]);
});
