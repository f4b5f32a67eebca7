import { formatShape } from '../tensor/shape.js';
import type { Graph } from './graph.js';
import { inferShapes } from './infer.js';

/** One line a node: name, op, attributes, inputs, shape. Parameters are shown where they are read. */
export function printGraph(graph: Graph): string {
  const shapes = inferShapes(graph);
  const shapeOf = (name: string) => formatShape(shapes.get(name) ?? []);
  const parameters = new Set(graph.nodes.filter(({ op }) => op === 'parameter').map(({ name }) => name));
  const lines = graph.nodes
    .filter(({ op }) => op !== 'parameter')
    .map(({ name, op, inputs, attributes }) => {
      const args = inputs.map((input) => (parameters.has(input) ? `${input}${shapeOf(input)}` : input));
      const settings =
        op === 'input' ? [] : Object.entries(attributes).map(([key, value]) => `${key}=${String(value)}`);
      const listed = [args.join(', '), settings.join(' ')].filter((part) => part !== '').join('; ');
      return `${name} = ${op}(${listed}) → ${shapeOf(name)}`;
    });
  return [...lines, `return ${graph.outputs.join(', ')}`].join('\n');
}
