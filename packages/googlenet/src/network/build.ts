import { type Graph, InputError, LayerBuilder, type Shape, type Tensor, tensor, type Value } from '@strata/core';
import { convolve } from './convolve.js';
import { inception } from './inception.js';
import { type Stage, stages } from './table.js';
import { styleOf, type Variant, type VariantStyle } from './variants.js';

/** Name of the graph's input, [batch, channels, height, width]. */
export const pictureInput = 'picture';

export interface NetworkOptions {
  /** [channels, height, width] to expect; the variant's own by default. Height and width may differ at run time. */
  readonly input?: Shape;
  /** Classes that `fc` tells apart; the variant's own by default. */
  readonly classes?: number;
}

/**
 * The graph of a variant. Input `picture` [batch, channels, height, width]; output `fc`, or `softmax` where the variant
 * has it, [batch, classes]. Batch, height and width are open. `InputError` for an impossible size.
 */
export function buildGoogLeNet(variant: Variant, options: NetworkOptions = {}): Graph {
  const style = styleOf(variant);
  const { input = style.input, classes = style.classes } = options;
  checkInput(input, style);
  const [channels] = input;
  const layers = new LayerBuilder();
  const picture = layers.input(pictureInput, ['batch', channels, 'height', 'width'], { typical: [1, ...input] });
  const start = style.transform === undefined ? picture : layers.batchNorm('transform', picture, { epsilon: 0 });
  const features = stages.reduce((x, stage) => addStage(layers, x, stage, style), start);
  return layers.build([classify(layers, features, classes, style)]);
}

/**
 * Tensors that the graph reads as parameters but that nobody learned: the statistics and factors of torchvision's
 * `transform`. Checkpoints do not hold them. By our parameter names.
 */
export function constantsOf(variant: Variant): Record<string, Tensor> {
  const { transform } = styleOf(variant);
  if (transform === undefined) return {};
  const channels = transform.scale.length;
  return {
    'transform.scale': tensor([channels], transform.scale),
    'transform.shift': tensor([channels], transform.shift),
    'transform.mean': tensor([channels], new Float32Array(channels)),
    'transform.variance': tensor([channels], new Float32Array(channels).fill(1)),
  };
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

function checkInput(input: Shape, { transform }: VariantStyle): void {
  const where = 'input';
  if (input.length !== 3 || input.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new InputError({ where, got: `[${input.join(',')}]`, want: '[channels, height, width], each at least 1' });
  }
  if (transform !== undefined && input[0] !== transform.scale.length) {
    throw new InputError({ where, got: `${input[0]} channels`, want: `${transform.scale.length}, as the variant has` });
  }
}
