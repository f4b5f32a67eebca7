import type { Backend, Graph, Tensor, Weights } from '@strata/core';
import { compareOutputs, formatDisagreement, interpret } from '@strata/core/reference';
import { randomWeights } from '@strata/trials';

/** As much of a backend as a comparison needs. */
export type Judgeable = Pick<Backend, 'device' | 'compile'>;

/** Throws, with the worst elements, unless the backend computes what the reference does within its tolerance. */
export async function expectReference(
  backend: Judgeable,
  graph: Graph,
  inputs: Readonly<Record<string, Tensor>>,
  weights: Weights = randomWeights(graph, 7),
): Promise<void> {
  const net = await backend.compile(graph, weights);
  try {
    const got = await net.run(inputs);
    for (const [name, agreement] of compareOutputs(interpret(graph, weights, inputs), got)) {
      if (agreement.failed > 0) throw new Error(formatDisagreement(agreement, `${backend.device}: ${name}`));
    }
  } finally {
    await net.dispose();
  }
}
