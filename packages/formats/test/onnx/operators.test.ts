import { readdirSync } from 'node:fs';
import { type ComputeKind, computeKinds, LayerBuilder, type Model, nodesOf } from '@strata/core';
import { generators } from '@strata/trials';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatorTable } from '../../src/onnx/operators/operator-table.js';
import { layerOf, readBack } from '../support/read-back.js';
import { emitStandard, reimport } from '../support/reimport.js';
import { buildVariedNetwork } from '../support/varied-network.js';

const model = buildVariedNetwork();

/** Ops that ONNX has no operator for, with the operators that their standard form is composed of. */
const composed: Partial<Record<ComputeKind, string>> = {
  adaptiveAvgPool2d: 'GlobalAveragePool; ReduceMean, AveragePool, Slice, Concat along each axis',
};

describe('the standard form of each op', () => {
  it('stands in a file of its own, named as in core', () => {
    const files = readdirSync(new URL('../../src/onnx/operators/', import.meta.url));
    const named = computeKinds.map((kind) => `${kind.replace(/(?=[A-Z])/g, '-').toLowerCase()}.ts`);
    expect(files.sort()).toEqual([...named, 'operator-table.ts', 'types.ts'].sort());
    expect(new Set(Object.keys(operatorTable))).toEqual(new Set(computeKinds));
  });

  it.each(computeKinds.filter((op) => !(op in composed)))('of %s is one ONNX node, read as the same layer', (op) => {
    fc.assert(
      fc.property(generators[op], (model) => {
        for (const node of nodesOf(model.graph, op)) expect(readBack(node, model)).toEqual(layerOf(node, model));
      }),
      { numRuns: 50 },
    );
  });

  it('is one ONNX node in a network, too', () => {
    expect(emitStandard(model).nodes.map(({ name, opType }) => `${name}: ${opType}`)).toMatchInlineSnapshot(`
      [
        "conv: Conv",
        "conv.relu: Relu",
        "pointwise: Conv",
        "max: MaxPool",
        "mean: AveragePool",
        "counted: AveragePool",
        "lrn: LRN",
        "norm: BatchNormalization",
        "relu: Relu",
        "sum: Add",
        "drop: Dropout",
        "both: Concat",
        "pool: GlobalAveragePool",
        "flat: Flatten",
        "hidden.linear: Gemm",
        "hidden: Relu",
        "fc: Gemm",
        "y: Softmax",
      ]
    `);
  });

  it('gives a fused activation a node of its own', () => {
    const layers = new LayerBuilder();
    const fc = layers.linear('fc', layers.input('x', ['batch', 3]), { features: 2 });
    const { nodes, outputs } = layers.build([fc]);
    const fused = nodes.map((node) =>
      node.op === 'linear' ? { ...node, attributes: { activation: 'relu' as const } } : node,
    );
    const emitted = emitStandard({ graph: { nodes: fused, outputs }, weights: {} }).nodes;
    expect(emitted.map(({ opType, input, output }) => ({ opType, input, output }))).toMatchInlineSnapshot(`
      [
        {
          "input": [
            "x",
            "fc.weight",
            "fc.bias",
          ],
          "opType": "Gemm",
          "output": [
            "fc:linear",
          ],
        },
        {
          "input": [
            "fc:linear",
          ],
          "opType": "Relu",
          "output": [
            "fc",
          ],
        },
      ]
    `);
  });
});

describe('the importers', () => {
  it('make of a network in its standard form the same network', () => {
    expect(reimport(model)).toEqual(model);
  });

  it('read any window', () => {
    const pair = (least: number) => fc.tuple(fc.integer({ min: least, max: 3 }), fc.integer({ min: least, max: 3 }));
    const side = fc.integer({ min: 0, max: 1 });
    const options = fc.record({
      window: pair(2),
      stride: pair(1),
      dilation: pair(1),
      padding: fc.tuple(side, side, side, side),
      rounding: fc.constantFrom<'floor' | 'ceil'>('floor', 'ceil'),
      countPadding: fc.boolean(),
    });
    fc.assert(
      fc.property(options, (pool) => {
        const layers = new LayerBuilder();
        const x = layers.input('x', [2, 3, 9, 8]);
        const max = layers.maxPool2d('max', x, pool);
        const mean = layers.avgPool2d('mean', x, pool);
        const pooled: Model = { graph: layers.build([max, mean]), weights: {} };
        expect(reimport(pooled)).toEqual(pooled);
      }),
    );
  });
});
