import { type Graph, LayerBuilder, nodesOf, type Tensor, tensor, type Value } from '@strata/core';
import { adaptivePoolWeights, auxiliaryHead } from './auxiliary.js';
import { convolve } from './convolve.js';
import { inception } from './inception.js';
import { type NetworkOptions, planNetwork } from './options.js';
import { type Stage, stages } from './table.js';
import { styleOf, type Variant, type VariantStyle } from './variants.js';
import { headNames, widen } from './widths.js';

/** Name of the graph's input, [batch, channels, height, width]. */
export const pictureInput = 'picture';

/**
 * The graph of a variant. Input `picture` [batch, channels, height, width]; output `fc`, or `softmax` where the variant
 * has it, [batch, classes]. Batch, height and width are open. With `auxiliary`, height and width are those of `input`, and
 * there are two more outputs, `aux1` and `aux2`: logits [batch, classes] each. `InputError` for an impossible size.
 */
export function buildGoogLeNet(variant: Variant, options: NetworkOptions = {}): Graph {
  const { style, input, classes, widths, auxiliary } = planNetwork(variant, options);
  const [channels, ...size] = input;
  const layers = new LayerBuilder();
  const open = auxiliary === undefined ? ['height', 'width'] : size;
  const picture = layers.input(pictureInput, ['batch', channels, ...open], { typical: [1, ...input] });
  const heads: Value[] = [];
  let x = style.transform === undefined ? picture : layers.batchNorm('transform', picture, { epsilon: 0 });
  for (const stage of stages) {
    x = addStage(layers, x, widen(stage, widths), style);
    const head = headNames.get(stage.name);
    if (auxiliary === undefined || head === undefined) continue;
    heads.push(auxiliaryHead(layers, head, x, { classes, widths }, { ...style, auxiliary }));
  }
  return layers.build([classify(layers, x, classes, style), ...heads]);
}

/**
 * Tensors that the graph reads as parameters but that are not learned: the statistics and factors of torchvision's
 * `transform`, and the pools of its auxiliary heads where they are convolutions. Checkpoints do not hold them. By our
 * parameter names, for the same options as the graph's.
 */
export function constantsOf(variant: Variant, options: NetworkOptions = {}): Record<string, Tensor> {
  const { transform } = planNetwork(variant, options).style;
  const pools = options.auxiliary === true ? poolConstants(variant, options) : {};
  if (transform === undefined) return pools;
  const channels = transform.scale.length;
  return {
    'transform.scale': tensor([channels], transform.scale),
    'transform.shift': tensor([channels], transform.shift),
    'transform.mean': tensor([channels], new Float32Array(channels)),
    'transform.variance': tensor([channels], new Float32Array(channels).fill(1)),
    ...pools,
  };
}

/** Whether a tensor of that name is one of `constantsOf`. */
export function isConstant(parameter: string): boolean {
  return parameter.startsWith('transform.') || /^aux\d\.pool\./.test(parameter);
}

function poolConstants(variant: Variant, options: NetworkOptions): Record<string, Tensor> {
  const pool = styleOf(variant).auxiliary?.pool;
  if (pool === undefined || !('cells' in pool)) return {};
  const parameters = nodesOf(buildGoogLeNet(variant, options), 'parameter');
  return Object.fromEntries(
    parameters
      .filter(({ name }) => /^aux\d\.pool\./.test(name))
      .map(({ name, attributes }) => [name, adaptivePoolWeights(attributes.shape, pool.cells)]),
  );
}

function addStage(layers: LayerBuilder, x: Value, stage: Stage, style: VariantStyle): Value {
  switch (stage.type) {
    case 'convolution': {
      const { name, window, stride, filters } = stage;
      const relu = style.stemRelu || name === 'conv1';
      return convolve(layers, name, x, { filters, window, stride, padding: (window - 1) / 2, relu }, style);
    }
    case 'max pool': {
      const window = stage.name === 'pool4' ? style.pool4Window : stage.window;
      return layers.maxPool2d(stage.name, x, { window, stride: stage.stride, ...style.pools });
    }
    case 'local response normalisation':
      return style.lrn === undefined ? x : layers.lrn(stage.name, x, style.lrn);
    case 'inception':
      return inception(layers, stage.name, x, stage, style);
  }
}

function classify(layers: LayerBuilder, x: Value, classes: number, { dropoutRate, softmax }: VariantStyle): Value {
  const flat = layers.flatten('flatten', layers.globalAvgPool('pool5', x));
  const kept = dropoutRate === undefined ? flat : layers.dropout('dropout', flat, { rate: dropoutRate });
  const logits = layers.linear('fc', kept, { features: classes });
  return softmax ? layers.softmax('softmax', logits) : logits;
}
