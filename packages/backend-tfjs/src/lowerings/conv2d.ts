import type { NodeOf, Padding, Pair } from '@strata/core';
import { concat4d, fused, split, type Tensor4D } from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import { rank1, rank4 } from '../ranked.js';
import type { Traits } from '../traits.js';
import { depthwiseFilter, type Filter, filterOfGroup, type SpreadBy } from './shared/filters.js';
import { explicitPadding, padPictures } from './shared/padding.js';
import type { Lowering, PrepareTools } from './types.js';

/**
 * One fused convolution with bias and relu. tfjs has no groups: one filter a channel is its depthwise convolution, other
 * groups are convolved apart and joined. It refuses stride and dilation together, so the filter is spread with zeros.
 */
export const conv2d: Lowering<'conv2d'> = {
  prepare(node, tools) {
    const { groups } = node.attributes;
    const settings = settingsOf(node, tools.traits);
    const weights = tools.host(node.inputs[1]);
    const [, inPerGroup] = weights.shape;
    const steps = tools.traits.depthwiseStepsDiffer || settings.stride[0] === settings.stride[1];
    if (groups > 1 && inPerGroup === 1 && steps) {
      const filter = depthwiseFilter(weights, groups, settings.spread);
      const convolve = prepareConvolution(node, { filter, part: 'depthwise', first: 0 }, settings, tools);
      return ([x]) => fromPictures(convolve(pictures(x)));
    }
    const convolutions = Array.from({ length: groups }, (_, group) => {
      const filter = filterOfGroup(weights, group, groups, settings.spread);
      const [, , , out] = filter.shape;
      return prepareConvolution(
        node,
        { filter, part: `group ${group} of ${groups}`, first: group * out },
        settings,
        tools,
      );
    });
    if (groups === 1) return ([x]) => fromPictures(convolutions[0](pictures(x)));
    return ([x]) => {
      const parts = split(pictures(x), groups, 3);
      const results = convolutions.map((convolve, group) => convolve(rank4(parts[group])));
      return fromPictures(concat4d(results, 3));
    };
  },
};

interface Settings {
  readonly stride: Pair;
  readonly padding: Padding;
  readonly dilation: Pair;
  readonly spread: SpreadBy;
  readonly activation: 'relu' | 'linear';
}

function settingsOf(
  { attributes: { stride, padding, dilation, activation } }: NodeOf<'conv2d'>,
  { convolutionsDilate }: Traits,
): Settings {
  const spread = !convolutionsDilate || (stride.some((step) => step > 1) && dilation.some((distance) => distance > 1));
  return {
    stride,
    padding,
    dilation: spread ? [1, 1] : dilation,
    spread: spread ? dilation : [1, 1],
    activation: activation === 'relu' ? 'relu' : 'linear',
  };
}

/** One call of the library: some of the layer's filters. */
interface Part {
  readonly filter: Filter;
  readonly part: 'depthwise' | `group ${number} of ${number}`;
  /** First output channel. */
  readonly first: number;
}

function prepareConvolution(
  { inputs: [, weightName, biasName] }: NodeOf<'conv2d'>,
  { filter: made, part, first }: Part,
  { stride, padding, dilation, spread, activation }: Settings,
  { host, constant }: PrepareTools,
): (x: Tensor4D) => Tensor4D {
  const filter = rank4(constant([part, weightName, ...made.shape, ...spread], made.shape, made.make));
  const [, , channels, filters] = made.shape;
  const out = part === 'depthwise' ? channels * filters : filters;
  const sliceBias = (name: string) => () => new Float32Array(host(name).data.subarray(first, first + out));
  const bias =
    biasName === undefined ? undefined : rank1(constant(['vector', biasName, first, out], [out], sliceBias(biasName)));
  const common = {
    filter,
    strides: [stride[0], stride[1]] satisfies [number, number],
    dilations: [dilation[0], dilation[1]] satisfies [number, number],
    dataFormat: 'NHWC',
    bias,
    activation,
  } as const;
  // The library's type for the fused depthwise convolution knows no explicit padding.
  if (part === 'depthwise') {
    return (x) => fused.depthwiseConv2d({ ...common, x: padPictures(x, padding, 0), pad: 'valid' });
  }
  const pad = explicitPadding(padding);
  return (x) => fused.conv2d({ ...common, x, pad });
}
