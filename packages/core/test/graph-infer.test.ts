import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../src/errors.js';
import { type Graph, nodesOf } from '../src/graph/graph.js';
import { inferConcreteShapes, inferShapes } from '../src/graph/infer.js';
import { LayerBuilder } from '../src/layers/index.js';
import type { Shape, SymbolicShape } from '../src/tensor/shape.js';
import { anyTrial, shapesOf, withSizes } from './support/any-trial.js';

const symbolic = ['batch', 4, 'height', 'width'] as const;

/** The graph's inputs with a number in place of each name, the same number for the same name. */
function bindNames(graph: Graph, sizes: readonly number[]): Record<string, Shape> {
  const bound = new Map<string, number>();
  const sizeOf = (dim: number | string): number => {
    if (typeof dim === 'number') return dim;
    if (!bound.has(dim)) bound.set(dim, sizes[bound.size % sizes.length]);
    return bound.get(dim) ?? 1;
  };
  return Object.fromEntries(
    nodesOf(graph, 'input').map(({ name, attributes }) => [name, attributes.shape.map(sizeOf)]),
  );
}

/** Whether every window fits into inputs of these shapes. */
function fits(graph: Graph, shapes: Readonly<Record<string, Shape>>): boolean {
  try {
    inferConcreteShapes(graph, shapes);
    return true;
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

describe('shape inference', () => {
  it('with names and with numbers agrees: known sizes stay, equal names are equal sizes', () => {
    fc.assert(
      fc.property(anyTrial, ({ graph, runs }) => {
        const open = inferShapes(graph);
        for (const shapes of runs.map(shapesOf)) {
          const known = inferConcreteShapes(graph, shapes);
          expect(inferShapes(withSizes(graph, shapes))).toEqual(known);
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
        }
      }),
      { numRuns: 150 },
    );
  });

  it('refuses with numbers at build time what it refuses at run time', () => {
    let refused = 0;
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(anyTrial, sizes, ({ graph }, drawn) => {
        const shapes = bindNames(graph, drawn);
        const concrete = withSizes(graph, shapes);
        if (fits(graph, shapes)) return void inferShapes(concrete);
        refused++;
        expect(() => inferShapes(concrete)).toThrow(ShapeError);
      }),
      { numRuns: 150 },
    );
    expect(refused).toBeGreaterThan(0);
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
