import type { OnnxFileNode } from '@strata/formats/onnx';
import type { VariantStyle } from '../../network/variants.js';
import type { FoundNetwork } from './walk.js';

/** Nodes that change no value at inference. */
const idle: readonly string[] = ['Identity', 'Cast', 'Dropout'];

/**
 * A place where a network computes something else between its layers than the variant does, in a few words: weights are
 * trained for one activation, and one order of pools. Batch norm may be folded in, and normalisation be in its parts.
 */
export function findOddSteps({ layers, before, pools, end }: FoundNetwork, style: VariantStyle): string | undefined {
  const places = [
    ...layers.map(({ layer, after }) => [`after ${layer}`, after, wantAfter(layer, style)] as const),
    // Before 3a is what is after conv3.
    ...[...before].flatMap(([block, nodes]) =>
      block === 'inception3a' ? [] : [[`before ${block}`, nodes, /[45]a$/.test(block) ? /^MaxPool$/ : /^$/] as const],
    ),
    ...[...pools].map(
      ([block, nodes]) =>
        [`in branch 4 of ${block}`, nodes, style.branch4PoolRelu ? /^MaxPool Relu$/ : /^MaxPool( Relu)?$/] as const,
    ),
    ['before fc', end, /^(GlobalAveragePool|AveragePool|ReduceMean)( Flatten| Reshape| Squeeze)*$/] as const,
  ];
  for (const [place, nodes, want] of places) {
    const steps = stepsOf(nodes);
    if (!want.test(steps)) return `${steps === '' ? 'nothing' : steps.replaceAll(' ', ', ').slice(0, 80)} ${place}`;
  }
  const odd = [...pools].find(([, nodes]) => !nodes.every(keepsSize));
  return odd && `a pool in branch 4 of ${odd[0]} of another window`;
}

function wantAfter(layer: string, { stemRelu, lrn, batchNorm }: VariantStyle): RegExp {
  const norm = lrn === undefined ? '' : ' (LRN|Div)';
  const start = batchNorm === undefined ? '^' : '^(BatchNormalization )?';
  if (layer === 'fc') return /^(Add)?( ?Softmax)?$/;
  if (layer === 'conv1') return new RegExp(`${start}Relu MaxPool${norm}$`);
  if (layer === 'conv2' && !stemRelu) return /^$/;
  if (layer === 'conv3') return new RegExp(stemRelu ? `${start}Relu${norm} MaxPool$` : '^MaxPool$');
  return new RegExp(`${start}Relu$`);
}

/** The operators of nodes that come the last first, from the first on. */
function stepsOf(nodes: readonly OnnxFileNode[]): string {
  return nodes
    .map(({ op }) => op)
    .filter((op) => !idle.includes(op))
    .toReversed()
    .join(' ');
}

/** Whether a pool is of 3×3 pixels and gives as many as it gets. */
function keepsSize({ op, attributes }: OnnxFileNode): boolean {
  if (op !== 'MaxPool') return true;
  const { kernel_shape: window, strides = [1, 1], pads, auto_pad: auto = 'NOTSET', dilations = [1, 1] } = attributes;
  const are = (list: typeof window, want: number) => typeof list === 'object' && list.every((value) => value === want);
  const padded = auto === 'NOTSET' ? are(pads, 1) : auto === 'SAME_UPPER' || auto === 'SAME_LOWER';
  return are(window, 3) && are(strides, 1) && are(dilations, 1) && padded;
}
