import { expect, it } from 'vitest';
import { createFake } from '../support/fake-backend.js';
import { graph, weights } from '../support/small-network.js';

it('a report and a graph survive structuredClone', () => {
  const { backend } = createFake();
  expect(structuredClone(backend.report)).toEqual(backend.report);
  expect(structuredClone({ graph, weights })).toEqual({ graph, weights });
  expect([backend.name, backend.device]).toEqual(['fake', 'js']);
});
