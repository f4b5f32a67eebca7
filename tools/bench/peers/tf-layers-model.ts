import {
  describeNode,
  fuseActivation,
  type Model,
  type Node,
  type NodeOf,
  nodesOf,
  type Padding,
  type Pair,
  runPasses,
  type Tensor,
  type Weights,
  type Windowed,
} from '@strata/core';
import { tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { type Around, PadWithMinusInfinity } from './pad-with-minus-infinity.js';
import { expectFloat32 } from './peer.js';

/**
 * A functional model of the graph with its weights, NHWC, of any batch and size. A relu is its convolution's
 * activation, as tf.layers has it. Throws `RangeError` for layers that the seed network does not have.
 */
export function buildTfLayersModel(model: Model): tf.LayersModel {
  const { graph, weights } = runPasses(model, [fuseActivation]);
  const values = new Map<string, tf.SymbolicTensor>();
  const find = (name: string): tf.SymbolicTensor => {
    const value = values.get(name);
    if (value === undefined) throw new RangeError(`tf.layers: no value ${name}`);
    return value;
  };
  for (const node of graph.nodes) {
    if (node.op === 'parameter') continue;
    const [x] = node.inputs.slice(0, 1).map(find);
    values.set(node.name, node.op === 'concat' ? join(node.inputs.map(find)) : addLayer(node, x, weights));
  }
  const inputs = nodesOf(graph, 'input').map(({ name }) => find(name));
  return tf.model({ inputs, outputs: find(graph.outputs[0]) });
}

function addLayer(node: Exclude<Node, { op: 'concat' }>, x: tf.SymbolicTensor, weights: Weights): tf.SymbolicTensor {
  switch (node.op) {
    case 'input': {
      const [, channels] = node.attributes.shape;
      return tf.input({ shape: [null, null, Number(channels)] });
    }
    case 'conv2d':
      return addConvolution(node, x, weights);
    case 'maxPool2d':
      return addPool(node, x);
    case 'relu':
      return apply(tf.layers.reLU(), x);
    case 'globalAvgPool':
      return apply(tf.layers.globalAveragePooling2d({}), x);
    case 'flatten':
      // tf.layers' global average already gives [batch, channels].
      return x;
    case 'linear':
      return addLinear(node, x, weights);
    default:
      throw refuse(node);
  }
}

function addConvolution(node: NodeOf<'conv2d'>, x: tf.SymbolicTensor, weights: Weights): tf.SymbolicTensor {
  const { stride, padding, dilation, groups, activation } = node.attributes;
  if (groups !== 1 || dilation.some((distance) => distance !== 1)) throw refuse(node);
  const [kernel, bias] = node.inputs.slice(1).map((name) => weights[name]);
  const [filters, , rows, columns] = kernel.shape;
  const mode = paddingOf([rows, columns], node.attributes);
  const layer = tf.layers.conv2d({
    filters,
    kernelSize: [rows, columns],
    strides: [stride[0], stride[1]],
    padding: mode === 'same' ? 'same' : 'valid',
    ...(activation === 'relu' ? { activation } : {}),
  });
  const padded = mode === 'explicit' ? apply(tf.layers.zeroPadding2d({ padding: around(padding) }), x) : x;
  const convolved = apply(layer, padded);
  tidy(() => layer.setWeights([transpose(toTf(kernel), [2, 3, 1, 0]), toTf(bias)]));
  return convolved;
}

function addPool(node: NodeOf<'maxPool2d'>, x: tf.SymbolicTensor): tf.SymbolicTensor {
  const { window, stride, padding, dilation, rounding } = node.attributes;
  if (rounding !== 'floor' || dilation.some((distance) => distance !== 1)) throw refuse(node);
  const mode = paddingOf(window, node.attributes);
  const padded = mode === 'explicit' ? apply(new PadWithMinusInfinity(around(padding)), x) : x;
  const layer = tf.layers.maxPooling2d({
    poolSize: [window[0], window[1]],
    strides: [stride[0], stride[1]],
    padding: mode === 'same' ? 'same' : 'valid',
  });
  return apply(layer, padded);
}

function addLinear(node: NodeOf<'linear'>, x: tf.SymbolicTensor, weights: Weights): tf.SymbolicTensor {
  const { activation } = node.attributes;
  const [kernel, bias] = node.inputs.slice(1).map((name) => weights[name]);
  const layer = tf.layers.dense({ units: kernel.shape[0], ...(activation === 'relu' ? { activation } : {}) });
  const logits = apply(layer, x);
  tidy(() => layer.setWeights([transpose(toTf(kernel)), toTf(bias)]));
  return logits;
}

function join(inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return single(tf.layers.concatenate({ axis: -1 }).apply(inputs));
}

/** `'same'` where tf.layers' own padding is the declared one, which at step 1 needs no pixel moved. */
function paddingOf([rows, columns]: Pair, { stride, padding }: Windowed): 'none' | 'same' | 'explicit' {
  const [top, left, bottom, right] = padding;
  if (padding.every((pixels) => pixels === 0)) return 'none';
  const centred = top === bottom && left === right && 2 * top + 1 === rows && 2 * left + 1 === columns;
  return centred && stride.every((step) => step === 1) ? 'same' : 'explicit';
}

function around([top, left, bottom, right]: Padding): Around {
  return [
    [top, bottom],
    [left, right],
  ];
}

function apply(layer: tf.layers.Layer, x: tf.SymbolicTensor): tf.SymbolicTensor {
  return single(layer.apply(x));
}

function single(result: unknown): tf.SymbolicTensor {
  if (result instanceof tf.SymbolicTensor) return result;
  throw new TypeError('tf.layers: a layer gave no symbolic tensor');
}

function toTf({ shape, data }: Tensor) {
  return tensor(expectFloat32(data), [...shape]);
}

function refuse(node: Node): RangeError {
  return new RangeError(`tf.layers: ${describeNode(node)}, want a layer of the seed network`);
}
