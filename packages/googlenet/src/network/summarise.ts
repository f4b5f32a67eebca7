import { countCosts, countElements, type Graph, type NodeCost, nodesOf, parameterRole, type Shape } from '@strata/core';
import { isConstant, pictureInput } from './build.js';

/** What a network costs for one picture. */
export interface NetworkSummary {
  /** Learned numbers, as the literature counts them: statistics of batch norm and fixed constants are not among them. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Every node but the parameters; `parameters` of a batch norm are its scale and shift. */
  readonly layers: readonly NodeCost[];
}

/** Parameters and multiply-adds of a GoogLeNet for one picture of [channels, height, width]. `ShapeError` when it does not fit. */
export function summariseNetwork(graph: Graph, input: Shape): NetworkSummary {
  const fixed = countFixed(graph);
  const layers = countCosts(graph, { [pictureInput]: [1, ...input] }).map((cost) => ({
    ...cost,
    parameters: cost.parameters - (fixed.get(cost.name) ?? 0),
  }));
  return {
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    multiplyAdds: layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
    layers,
  };
}

/** Numbers that each node reads but nobody learned: a batch norm's mean and variance, and the network's constants. */
function countFixed(graph: Graph): ReadonlyMap<string, number> {
  const sizes = new Map(
    nodesOf(graph, 'parameter').map(({ name, attributes }) => [name, countElements(attributes.shape)]),
  );
  return new Map(
    graph.nodes.map(({ name, op, inputs }) => {
      const fixed = inputs.filter((_, position) => {
        const role = parameterRole(op, position);
        return role !== undefined && (isConstant(`${name}.`) || !role.learned);
      });
      return [name, fixed.reduce((sum, parameter) => sum + (sizes.get(parameter) ?? 0), 0)];
    }),
  );
}
