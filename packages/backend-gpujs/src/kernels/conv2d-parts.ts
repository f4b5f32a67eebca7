import { describeNode, type NodeOf, type Shape } from '@strata/core';
import { padWithZeros, reachOf, startOf } from './pad.js';
import { outputShape } from './shapes.js';
import type { SumAxis } from './sum-of-products.js';
import type { PlanWriter, Value } from './types.js';

/** A convolution on a picture that is padded already. */
export interface Conv2dParts {
  readonly x: Value;
  readonly weights: Float32Array;
  readonly bias: Float32Array | undefined;
  /** [batch, filters, rows, columns]. */
  readonly shape: Shape;
  /** Channels of a group, window rows, window columns. */
  readonly axes: readonly [SumAxis, SumAxis, SumAxis];
}

/** `columnsAtOnce`: threads compute so many columns, and the picture is padded for the last of them. */
export function readConv2d(node: NodeOf<'conv2d'>, plan: PlanWriter, columnsAtOnce = 1): Conv2dParts {
  const { stride, dilation, padding } = node.attributes;
  const [xName, weightsName, biasName] = node.inputs;
  const weights = plan.value(weightsName);
  const shape = outputShape(node, plan);
  const [, , rows, columns] = shape;
  const [, inPerGroup, windowRows, windowColumns] = weights.shape;
  const x = padWithZeros(
    describeNode(node),
    plan.value(xName),
    {
      before: startOf(padding),
      height: reachOf(rows, { window: windowRows, stride: stride[0], dilation: dilation[0] }),
      width: reachOf(Math.ceil(columns / columnsAtOnce) * columnsAtOnce, {
        window: windowColumns,
        stride: stride[1],
        dilation: dilation[1],
      }),
    },
    plan,
  );
  const [, , height, width] = x.shape;
  return {
    x,
    weights: plan.weights(weightsName),
    bias: biasName === undefined ? undefined : plan.weights(biasName),
    shape,
    axes: [
      { count: inPerGroup, inX: height * width, inWeights: windowRows * windowColumns },
      { count: windowRows, inX: dilation[0] * width, inWeights: windowColumns },
      { count: windowColumns, inX: dilation[1], inWeights: 1 },
    ],
  };
}
