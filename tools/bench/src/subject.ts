import type { Backend } from '@strata/core';
import { initialiseWeights, type Weights } from '@strata/core';
import { buildGoogLeNet } from '@strata/googlenet';
import type { Peer } from '../peers/peer.js';

/** One size that is measured. */
export interface Size {
  readonly batch: number;
  /** Height and width in pixels. */
  readonly side: number;
}

/** The seed network with seeded weights, and a seeded batch of pictures. */
export function makeSubject() {
  const graph = buildGoogLeNet('seed');
  const weights: Weights = initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 20140917 });
  return { graph, weights };
}

/** Pictures in [0, 1] that are the same in every run. */
export function makePictures({ batch, side }: Size): { data: Float32Array; shape: readonly number[] } {
  const data = Float32Array.from({ length: batch * side * side }, (_, i) => (Math.imul(i, 2654435761) >>> 8) / 2 ** 24);
  return { data, shape: [batch, 1, side, side] };
}

/** Strata on a backend, with the same interface as the peers. */
export async function openStrata(backend: Backend, { graph, weights }: ReturnType<typeof makeSubject>): Promise<Peer> {
  const executable = await backend.compile(graph, weights);
  return {
    async run(data, shape) {
      const { fc } = await executable.run({ picture: { shape, dtype: 'float32', data } });
      if (!(fc.data instanceof Float32Array)) throw new TypeError(`logits are ${fc.dtype}, want float32`);
      return fc.data;
    },
    close: () => executable.dispose(),
  };
}
