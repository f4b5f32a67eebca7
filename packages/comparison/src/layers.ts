import { type Graph, isComputed, opTable } from '@strata/core';

/** All values that a graph computes, in its order. */
export function listLayers({ nodes, outputs }: Graph): string[] {
  const computed = nodes.filter(isComputed).map(({ name }) => name);
  return [...new Set([...computed, ...outputs])];
}

/**
 * The layers whose terms are still the picture's: those that read it with at most pools, norms and the like between. In
 * a picture neighbours repeat or rise evenly, so roundings add up; the first sum over its channels mixes it.
 */
export function listPictureLayers({ nodes }: Graph): string[] {
  const likeThePicture = new Set<string>();
  const found: string[] = [];
  for (const { name, op, inputs } of nodes) {
    if (op === 'input') likeThePicture.add(name);
    if (!inputs.some((input) => likeThePicture.has(input))) continue;
    found.push(name);
    if (!opTable[op].sumsChannels) likeThePicture.add(name);
  }
  return found;
}
