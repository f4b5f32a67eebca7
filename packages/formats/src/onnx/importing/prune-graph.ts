import type { Graph } from '@strata/core';

/** The graph without the nodes that no output needs; its inputs stay. */
export function pruneGraph({ nodes, outputs }: Graph): Graph {
  const needed = new Set(outputs);
  const kept = [...nodes].reverse().filter((node) => {
    if (node.op !== 'input' && !needed.has(node.name)) return false;
    for (const input of node.inputs) needed.add(input);
    return true;
  });
  return { nodes: kept.reverse(), outputs };
}
