import { InputError } from '@strata/core';
import { numberOf, pairOf } from './attributes.js';
import { rebuildGemm } from './gemm.js';
import type { Rebuild } from './types.js';
import { windowOf } from './window.js';

/** ONNX operator → layers. Core's dropout at rate 0 stands for Identity. */
export const rebuildTable: Readonly<Record<string, Rebuild>> = {
  Add: ({ layers, give }) => layers.add('out', give(0), give(1)),

  AveragePool: ({ layers, source, give, tensorAt }) =>
    layers.avgPool2d('out', give(0), {
      ...windowOf(source, tensorAt(0).shape, pairOf(source, 'kernel_shape', [1, 1])),
      countPadding: numberOf(source, 'count_include_pad', 0) === 1,
    }),

  BatchNormalization: ({ layers, source, give, tensorAt, bind }) => {
    for (const [index, part] of ['scale', 'shift', 'mean', 'variance'].entries()) {
      bind(`out.${part}`, tensorAt(index + 1));
    }
    return layers.batchNorm('out', give(0), { epsilon: numberOf(source, 'epsilon', 1e-5) });
  },

  Concat: ({ layers, source, give }) =>
    layers.concat(
      'out',
      source.inputNames.map((_, position) => give(position)),
      { axis: numberOf(source, 'axis', 0) },
    ),

  Conv: ({ layers, source, give, tensorAt, has, bind }) => {
    const weights = tensorAt(1);
    const [filters, , rows, columns] = weights.shape;
    bind('out.weight', weights);
    if (has(2)) bind('out.bias', tensorAt(2));
    return layers.conv2d('out', give(0), {
      filters,
      ...windowOf(source, tensorAt(0).shape, [rows, columns]),
      groups: numberOf(source, 'group', 1),
      bias: has(2),
    });
  },

  /** The second input is the rate to train with: it has no part at inference. */
  Dropout: ({ layers, source, give }) => layers.dropout('out', give(0), { rate: numberOf(source, 'ratio', 0.5) }),

  Flatten: ({ layers, source, give }) => layers.flatten('out', give(0), { axis: numberOf(source, 'axis', 1) }),

  Gemm: rebuildGemm,

  GlobalAveragePool: ({ layers, give }) => layers.globalAvgPool('out', give(0)),

  Identity: ({ layers, give }) => layers.dropout('out', give(0), { rate: 0 }),

  LRN: ({ layers, source, give }) =>
    layers.lrn('out', give(0), {
      size: numberOf(source, 'size', Number.NaN),
      alpha: numberOf(source, 'alpha', 1e-4),
      beta: numberOf(source, 'beta', 0.75),
      k: numberOf(source, 'bias', 1),
    }),

  MaxPool: ({ layers, source, give, tensorAt }) =>
    layers.maxPool2d('out', give(0), windowOf(source, tensorAt(0).shape, pairOf(source, 'kernel_shape', [1, 1]))),

  Relu: ({ layers, give }) => layers.relu('out', give(0)),

  Softmax: ({ layers, source, give, tensorAt }) => {
    const rank = tensorAt(0).shape.length;
    const axis = numberOf(source, 'axis', source.opset < 13 ? 1 : -1);
    // Before opset 13 the axes from `axis` on count as one; that is the same thing where there is only one of them.
    if (source.opset < 13 && axis !== rank - 1) {
      throw new InputError({
        where: source.name,
        got: `softmax of opset ${source.opset} over axes ${axis} to ${rank - 1}`,
        want: 'one axis',
      });
    }
    return layers.softmax('out', give(0), { axis });
  },
};
