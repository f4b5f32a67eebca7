import type { Agreement } from '@strata/core/reference';
import type { Divergence, OutputAgreement, OutputDifference, Place, StageDifference } from './difference.js';
import { stageOf } from './group-by-stage.js';

const places: readonly Place[] = ['first', 'second'];

/** The first layer that is wrong by itself; else the first output that is wrong although no layer is. */
export function findDivergence(
  stages: readonly StageDifference[],
  outputs: readonly OutputDifference[],
): Divergence | undefined {
  for (const { name: stage, layers } of stages) {
    for (const { name: layer, first, second } of layers) {
      const agreements = { first, second };
      const wrong = places.filter((place) => agreements[place].failed > 0);
      if (wrong.length > 0) return { stage, layer, scope: 'layer', wrong, ...agreements };
    }
  }
  for (const { name: layer, first, second, between } of outputs) {
    const agreements = { first: worstOf(first), second: worstOf(second) };
    const wrong = places.filter((place) => agreements[place].failed > 0);
    if (wrong.length === 0 && between.failed === 0) continue;
    return { stage: stageOf(layer), layer, scope: 'network', wrong, ...agreements };
  }
  return undefined;
}

function worstOf({ shipped, observed, betweenRuns }: OutputAgreement): Agreement {
  return [shipped, observed, betweenRuns].reduce((worst, one) => (one.worst > worst.worst ? one : worst));
}
