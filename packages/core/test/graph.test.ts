import { describe, expect, it } from 'vitest';
import { GraphError } from '../src/errors.js';
import { countCosts } from '../src/graph/count.js';
import { findNode, type Graph, indexNodes, type Node } from '../src/graph/graph.js';
import { inferShapes } from '../src/graph/infer.js';
import { printGraph } from '../src/graph/print.js';
import { verifyGraph } from '../src/graph/verify.js';
import { readersOf, selectOutputs } from '../src/graph/walk.js';
import { LayerBuilder } from '../src/layers/index.js';
import { opTable } from '../src/ops/index.js';

/** Two heads on one stem. */
function twoHeads(): Graph {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 2, 'height', 'width']);
  const stem = layers.conv2d('stem', x, { filters: 3, window: [3, 1], stride: [2, 1], activation: 'relu' });
  const left = layers.maxPool2d('left', stem, { window: 2, rounding: 'ceil' });
  const right = layers.batchNorm('right', stem, { epsilon: 0.001 });
  return layers.build([left, right]);
}

const relu = (name: string, ...inputs: string[]): Node => ({ name, op: 'relu', inputs, attributes: {} });
const input: Node = { name: 'x', op: 'input', inputs: [], attributes: { shape: [1, 2] } };

describe('verifyGraph', () => {
  it('returns the shapes of a graph that is well formed', () => {
    const graph = twoHeads();
    expect(verifyGraph(graph)).toEqual(inferShapes(graph));
    expect(verifyGraph(graph).get('stem')).toEqual(['batch', 3, '(floor((height−3)/2)+1)', 'width']);
  });

  it('says what is wrong with one that is not', () => {
    const linear: Node = { name: 'fc', op: 'linear', inputs: ['x', 'w'], attributes: { activation: 'none' } };
    const broken: Record<string, Graph> = {
      'unknown output': { nodes: [input, relu('y', 'x')], outputs: ['z'] },
      'output twice': { nodes: [input], outputs: ['x', 'x'] },
      'no outputs': { nodes: [input], outputs: [] },
      'name twice': { nodes: [input, relu('x', 'x')], outputs: ['x'] },
      'empty name': { nodes: [input, relu('', 'x')], outputs: ['x'] },
      'reader first': { nodes: [relu('y', 'x'), input], outputs: ['y'] },
      'reads itself': { nodes: [input, relu('y', 'y')], outputs: ['y'] },
      'too many inputs': { nodes: [input, relu('y', 'x', 'x')], outputs: ['y'] },
      'too few inputs': { nodes: [input, { ...linear, inputs: ['x'] }], outputs: ['fc'] },
      'no inputs': { nodes: [{ name: 'y', op: 'concat', inputs: [], attributes: { axis: 0 } }], outputs: ['y'] },
      'weights computed': { nodes: [input, relu('w', 'x'), linear], outputs: ['fc'] },
      'shapes do not fit': {
        nodes: [input, { name: 'w', op: 'parameter', inputs: [], attributes: { shape: [4, 3] } }, linear],
        outputs: ['fc'],
      },
    };
    const messages = Object.entries(broken).map(([what, graph]) => {
      try {
        verifyGraph(graph);
        return `${what}: taken`;
      } catch (error) {
        return `${what} → ${String(error)}`;
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "unknown output → GraphError: output 'z': no node of that name, want one of x, y",
        "output twice → GraphError: output 'x': the same name twice, want each output once",
        "no outputs → GraphError: graph: no outputs, want at least one",
        "name twice → GraphError: x (relu): a name that is taken, want unique names; give each layer its own name, or put it in a scope",
        "empty name → GraphError:  (relu): an empty name, want a name",
        "reader first → GraphError: y (relu): input 'x', want the name of an earlier node",
        "reads itself → GraphError: y (relu): input 'y', want the name of an earlier node",
        "too many inputs → GraphError: y (relu): 2 inputs, want 1 (x)",
        "too few inputs → GraphError: fc (linear): 1 inputs, want 2 to 3 (x, weights, bias)",
        "no inputs → GraphError: y (concat): 0 inputs, want at least one",
        "weights computed → GraphError: fc (linear): weights from w (relu), want a parameter",
        "shapes do not fit → ShapeError: fc (linear): weights [4,3], want axis 1 = 2 input features; weights are [out, in]",
      ]
    `);
  });

  it('refuses an op that came from outside and is none', () => {
    const foreign: Graph = JSON.parse(
      '{"nodes":[{"name":"y","op":"toString","inputs":[],"attributes":{}}],"outputs":["y"]}',
    );
    expect(() => verifyGraph(foreign)).toThrow(
      new GraphError({
        where: 'y (toString)',
        got: 'an unknown op',
        want: `one of ${Object.keys(opTable).join(', ')}`,
      }),
    );
  });
});

describe('a graph', () => {
  it('is found by name, with a hint when it is not', () => {
    const graph = twoHeads();
    expect(findNode(graph, 'left').op).toBe('maxPool2d');
    expect(() => findNode(graph, 'stem.con')).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: output 'stem.con': no node of that name, want one of stem.conv, stem]`,
    );
    expect(() => findNode(graph, 'unheard-of')).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: output 'unheard-of': no node of that name, want one of x, stem, left, right]`,
    );
    expect([...indexNodes(graph).keys()]).toEqual(graph.nodes.map(({ name }) => name));
  });

  it('knows who reads whom, each reader once', () => {
    const graph: Graph = {
      nodes: [input, { name: 'sum', op: 'add', inputs: ['x', 'x'], attributes: {} }, relu('y', 'x')],
      outputs: ['sum'],
    };
    const readers = readersOf(graph);
    expect(readers.get('x')?.map(({ name }) => name)).toEqual(['sum', 'y']);
    expect(readers.get('sum')).toEqual([]);
  });

  it('is cut to what the outputs need; inputs stay', () => {
    const graph = twoHeads();
    const cut = selectOutputs(graph, ['left']);
    expect(cut.nodes.map(({ name }) => name)).toEqual(['x', 'stem.weight', 'stem.bias', 'stem.conv', 'stem', 'left']);
    expect(cut.outputs).toEqual(['left']);
    verifyGraph(cut);
    const inputOnly = selectOutputs({ ...graph, nodes: [...graph.nodes, { ...input, name: 'spare' }] }, ['stem']);
    expect(inputOnly.nodes.filter(({ op }) => op === 'input').map(({ name }) => name)).toEqual(['x', 'spare']);
    expect(() => selectOutputs(graph, ['stem.weigh'])).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: output 'stem.weigh': no node of that name, want one of stem]`,
    );
  });

  it('prints one line a node', () => {
    expect(printGraph(twoHeads())).toMatchInlineSnapshot(`
      "x = input() → [batch,2,height,width]
      stem.conv = conv2d(x, stem.weight[3,2,3,1], stem.bias[3]; stride=2,1 padding=0,0,0,0 dilation=1,1 groups=1 activation=none) → [batch,3,(floor((height−3)/2)+1),width]
      stem = relu(stem.conv) → [batch,3,(floor((height−3)/2)+1),width]
      left = maxPool2d(stem; stride=2,2 padding=0,0,0,0 dilation=1,1 window=2,2 rounding=ceil) → [batch,3,(ceil(((floor((height−3)/2)+1)−2)/2)+1),(ceil((width−2)/2)+1)]
      right = batchNorm(stem, right.scale[3], right.shift[3], right.mean[3], right.variance[3]; epsilon=0.001) → [batch,3,(floor((height−3)/2)+1),width]
      return left, right"
    `);
  });

  it('counts what each node costs', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', 4, 'height', 'width']);
    const conv = layers.conv2d('conv', x, { filters: 6, window: [3, 2], groups: 2, activation: 'relu' });
    const flat = layers.flatten('flat', layers.globalAvgPool('pool', conv));
    const graph = layers.build([layers.linear('fc', flat, { features: 5, bias: false })]);
    const costs = countCosts(graph, { x: [2, 4, 5, 7] });
    const rows = costs.map((cost) => [cost.name, cost.outputShape, cost.parameters, cost.multiplyAdds]);
    expect(rows).toEqual([
      ['x', [2, 4, 5, 7], 0, 0],
      // 6 filters of 2 channels × 3 × 2 and a bias each; 2 × 3 × 6 positions.
      ['conv.conv', [2, 6, 3, 6], 78, 2 * 6 * 3 * 6 * 12],
      ['conv', [2, 6, 3, 6], 0, 0],
      ['pool', [2, 6, 1, 1], 0, 0],
      ['flat', [2, 6], 0, 0],
      ['fc', [2, 5], 30, 2 * 6 * 5],
    ]);
  });

  it('counts a shared parameter once', () => {
    const layers = new LayerBuilder();
    const offset = layers.parameter('offset', [3]);
    const once = layers.add('once', layers.input('x', [2, 3]), offset);
    const graph = layers.build([layers.add('twice', once, offset)]);
    expect(countCosts(graph, { x: [2, 3] }).map(({ parameters }) => parameters)).toEqual([0, 3, 0]);
  });

  it('survives structuredClone', () => {
    const graph = twoHeads();
    expect(structuredClone(graph)).toEqual(graph);
    verifyGraph(structuredClone(graph));
  });
});
