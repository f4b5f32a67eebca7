import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../src/errors.js';
import type { Graph } from '../src/graph/graph.js';
import { inferConcreteShapes, inferShapes } from '../src/graph/infer.js';
import { LayerBuilder } from '../src/layers/builder.js';
import type { Shape, SymbolicShape } from '../src/tensor/shape.js';
import { buildPlan, choices } from './support/random-model.js';

const sizes = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 1, max: 12 }),
  width: fc.integer({ min: 1, max: 12 }),
});
const symbolic = ['batch', 4, 'height', 'width'] as const;

/** The concrete shapes; undefined where the picture is too small for some window. */
function inferOrRefuse(graph: Graph, x: Shape): ReadonlyMap<string, Shape> | undefined {
  try {
    return inferConcreteShapes(graph, { x });
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}

function withSizes(graph: Graph, shape: Shape): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.op === 'input' ? { ...node, attributes: { shape } } : node)),
  };
}

describe('shape inference', () => {
  it('with names and with numbers agrees: known sizes stay, equal names are equal sizes', () => {
    let inferred = 0;
    fc.assert(
      fc.property(choices, sizes, (plan, { batch, height, width }) => {
        const graph = buildPlan(plan, symbolic);
        const shape = [batch, 4, height, width];
        const open = inferShapes(graph);
        const known = inferOrRefuse(graph, shape);
        if (known === undefined) return;
        inferred++;
        expect(inferShapes(withSizes(graph, shape))).toEqual(known);
        const meaning = new Map<string, number>();
        for (const [name, dims] of open) {
          const numbers = known.get(name) ?? [];
          expect(numbers.length).toBe(dims.length);
          for (const [axis, dim] of dims.entries()) {
            const size = numbers[axis];
            if (typeof dim === 'number') expect(size).toBe(dim);
            else expect([dim, meaning.get(dim) ?? size]).toEqual([dim, size]);
            if (typeof dim === 'string') meaning.set(dim, size);
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(inferred).toBeGreaterThan(500);
  });

  it('refuses with numbers at build time what it refuses at run time', () => {
    fc.assert(
      fc.property(choices, sizes, (plan, { batch, height, width }) => {
        const graph = buildPlan(plan, symbolic);
        const shape = [batch, 4, height, width];
        const fits = inferOrRefuse(graph, shape) !== undefined;
        const concrete = withSizes(graph, shape);
        if (fits) inferShapes(concrete);
        else expect(() => inferShapes(concrete)).toThrow(ShapeError);
      }),
      { numRuns: 500 },
    );
  });

  it('names open sizes so that two names for one rule mean one size', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', symbolic);
    const shapes: Record<string, SymbolicShape> = {
      same: layers.maxPool2d('same', x, { window: 3, stride: 1, padding: 1 }).shape,
      grown: layers.maxPool2d('grown', x, { window: 2, stride: 1, padding: 1 }).shape,
      shrunk: layers.maxPool2d('shrunk', x, { window: 3, stride: 1 }).shape,
      halved: layers.maxPool2d('halved', x, { window: 2, stride: 2 }).shape,
      ceil: layers.maxPool2d('ceil', x, { window: 3, stride: 2, rounding: 'ceil' }).shape,
      leading: layers.maxPool2d('leading', x, { window: 2, stride: 3, padding: [1, 1, 0, 0], rounding: 'ceil' }).shape,
      trailing: layers.maxPool2d('trailing', x, { window: 2, stride: 3, padding: [0, 0, 1, 1], rounding: 'ceil' })
        .shape,
      flat: layers.flatten('flat', x).shape,
      twice: layers.concat('twice', [x, x], { axis: 2 }).shape,
      flatTwice: layers.flatten('flatTwice', layers.concat('again', [x, x], { axis: 2 })).shape,
    };
    expect(shapes).toMatchInlineSnapshot(`
      {
        "ceil": [
          "batch",
          4,
          "(ceil((height−3)/2)+1)",
          "(ceil((width−3)/2)+1)",
        ],
        "flat": [
          "batch",
          "4·height·width",
        ],
        "flatTwice": [
          "batch",
          "4·(height+height)·width",
        ],
        "grown": [
          "batch",
          4,
          "(height+1)",
          "(width+1)",
        ],
        "halved": [
          "batch",
          4,
          "(floor((height−2)/2)+1)",
          "(floor((width−2)/2)+1)",
        ],
        "leading": [
          "batch",
          4,
          "(ceil((height−1)/3)+1 pad 1)",
          "(ceil((width−1)/3)+1 pad 1)",
        ],
        "same": [
          "batch",
          4,
          "height",
          "width",
        ],
        "shrunk": [
          "batch",
          4,
          "(height−2)",
          "(width−2)",
        ],
        "trailing": [
          "batch",
          4,
          "(ceil((height−1)/3)+1 pad 0)",
          "(ceil((width−1)/3)+1 pad 0)",
        ],
        "twice": [
          "batch",
          4,
          "(height+height)",
          "width",
        ],
      }
    `);
  });

  it('says which input does not fit', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', 3, 'size', 'size']);
    const graph = layers.build([layers.maxPool2d('pool', x, { window: 3 })]);
    const infer = (inputs: Record<string, Shape>) => () => inferConcreteShapes(graph, inputs);
    expect(infer({})).toThrowErrorMatchingInlineSnapshot(`[ShapeError: input 'x': no shape, want [batch,3,size,size]]`);
    expect(infer({ x: [1, 3, 4] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': [1,3,4], want [batch,3,size,size]]`,
    );
    expect(infer({ x: [1, 3, 4, 5] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': [1,3,4,5], want [batch,3,size,size]]`,
    );
    expect(infer({ x: [0, 3, 4, 4] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: input 'x': [0,3,4,4], want [batch,3,size,size]]`,
    );
    expect(infer({ x: [1, 3, 2, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pool (maxPool2d): rows: 2 pixels (2 with padding), want at least 3 for a window of 3 with dilation 1; give a larger picture, or more padding]`,
    );
    expect(infer({ x: [1, 3, 4, 4] })().get('pool')).toEqual([1, 3, 1, 1]);
  });
});
