import { dearCompiles } from '@strata/trials';
import { expect, it } from 'vitest';
import { createFake } from './support/fake-backend.js';

it('compiling goes through weights in loops, not with a call for each', async () => {
  const backend = createFake().backend;
  const dear = await dearCompiles(backend, process);
  await backend.dispose();
  expect(dear).toEqual([]);
});
