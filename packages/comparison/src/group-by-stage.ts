import type { LayerDifference, StageDifference } from './difference.js';

/** Layers whose names begin with the same word (`inception3a.branch2` …) are a stage. */
export function groupByStage(layers: readonly LayerDifference[]): StageDifference[] {
  const stages = new Map<string, LayerDifference[]>();
  for (const layer of layers) {
    const stage = stageOf(layer.name);
    stages.set(stage, [...(stages.get(stage) ?? []), layer]);
  }
  return [...stages].map(([name, members]) => ({
    name,
    first: Math.max(...members.map(({ first }) => first.worst)),
    second: Math.max(...members.map(({ second }) => second.worst)),
    difference: Math.max(...members.map(({ difference }) => difference)),
    layers: members,
  }));
}

/** `inception3a` of `inception3a.branch2`. */
export function stageOf(layer: string): string {
  const [stage] = layer.split('.');
  return stage;
}
