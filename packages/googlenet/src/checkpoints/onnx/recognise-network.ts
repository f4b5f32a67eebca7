import type { LrnOptions } from '@strata/core';
import type { OnnxFileNode } from '@strata/formats/onnx';
import { styleOf, type Variant, type VariantStyle } from '../../network/variants.js';
import { findOddSteps } from './steps.js';
import type { FoundLayer, FoundNetwork } from './walk.js';

/** The variant of a network, or why it is none. */
export type Recognised = { readonly name: Variant } | { readonly name: undefined; readonly why: string };

/** The variant that computes what the network computes, as far as its nodes say it: weights fit more than one. */
export function recogniseNetwork(network: FoundNetwork): Recognised {
  const { layers, before, tracer } = network;
  const found = new Map(layers.map((layer) => [layer.layer, layer]));
  const ops = (layer: string) => found.get(layer)?.after.map(({ op }) => op) ?? [];
  const wrong = layers.find((layer) => !hasUsualWindow(layer, tracer.constant(layer.node.inputs[1])?.shape ?? []));
  if (wrong !== undefined) return none(`a convolution for ${wrong.layer} with other steps or padding`);
  const normalised = [ops('conv1'), ops('conv3')].filter((list) => list.includes('LRN') || list.includes('Div'));
  const window = tracer.constant(found.get('inception3a.branch3')?.node.inputs[1])?.shape[2];
  const relus = ['conv2', 'conv3'].filter((layer) => ops(layer).includes('Relu')).length;
  const name = nameOf(normalised.length, window, relus);
  if (name === undefined) return none('normalisation, windows and relus together as no variant has them');
  const odd = findOddSteps(network, styleOf(name));
  if (odd !== undefined) return none(odd);
  const after = (layer: string) => before.get(layer) ?? found.get(layer)?.after ?? [];
  const flaw = flawOf(
    name,
    after,
    layers.flatMap((layer) => layer.after),
  );
  return flaw === undefined ? { name } : none(flaw);
}

function nameOf(normalised: number, window: number | undefined, relus: number): Variant | undefined {
  if (normalised === 2) return window === 5 && relus === 2 ? 'bvlc' : undefined;
  if (normalised === 1) return undefined;
  if (window === 3) return relus === 2 ? 'torchvision' : undefined;
  if (relus === 1) return undefined;
  return relus === 0 ? 'seed' : 'd2l';
}

function none(why: string): Recognised {
  return { name: undefined, why };
}

/** Whether a convolution steps as in all variants, and keeps the size but for its steps. */
function hasUsualWindow({ layer, node }: FoundLayer, [, , rows]: readonly number[]): boolean {
  if (node.op !== 'Conv') return true;
  const side = (rows - 1) / 2;
  const stride = layer === 'conv1' ? 2 : 1;
  const { group = 1, auto_pad: auto = 'NOTSET' } = node.attributes;
  const same = auto !== 'NOTSET' && stride === 1;
  return (
    (isAll(node, 'pads', side, 0) || same) &&
    isAll(node, 'strides', stride, 1) &&
    isAll(node, 'dilations', 1, 1) &&
    group === 1
  );
}

/** What the network does otherwise than the variant in its batch norm, normalisation and pools. */
function flawOf(
  variant: Variant,
  after: (layer: string) => readonly OnnxFileNode[],
  all: readonly OnnxFileNode[],
): string | undefined {
  const { batchNorm, lrn, pools, pool4Window } = styleOf(variant);
  const epsilons = all.filter(({ op }) => op === 'BatchNormalization').map((node) => numberOf(node, 'epsilon', 1e-5));
  const odd = epsilons.find((epsilon) => batchNorm === undefined || !isNear(epsilon, batchNorm.epsilon));
  if (odd !== undefined) return `batch norm with an epsilon of ${odd}`;
  if (lrn !== undefined && !all.filter(({ op }) => op === 'LRN').every((node) => normalisesAs(node, lrn))) {
    return 'local response normalisation with other numbers';
  }
  const behind = { pool1: 'conv1', pool2: 'conv3', pool3: 'inception4a', pool4: 'inception5a' };
  for (const [name, layer] of Object.entries(behind)) {
    const pool = after(layer).find(({ op }) => op === 'MaxPool');
    const window = name === 'pool4' ? pool4Window : 3;
    const fits = pool !== undefined && isAll(pool, 'kernel_shape', window, 1) && isAll(pool, 'strides', 2, 1);
    if (!fits || !roundsAs(pool, pools))
      return `a pool for ${name} that steps, pads or rounds otherwise than ${variant}'s`;
  }
  return undefined;
}

function normalisesAs(node: OnnxFileNode, { size, alpha = 1e-4, beta = 0.75, k = 1 }: LrnOptions): boolean {
  return (
    isNear(numberOf(node, 'size', 0), size) &&
    isNear(numberOf(node, 'alpha', 1e-4), alpha) &&
    isNear(numberOf(node, 'beta', 0.75), beta) &&
    isNear(numberOf(node, 'bias', 1), k)
  );
}

function roundsAs(pool: OnnxFileNode, { rounding, padding }: VariantStyle['pools']): boolean {
  const ceil = numberOf(pool, 'ceil_mode', 0) === 1;
  if (rounding === 'floor') return !ceil && isAll(pool, 'pads', padding, 0);
  return (ceil && isAll(pool, 'pads', padding, 0)) || padsEnds(pool);
}

function numberOf({ attributes }: OnnxFileNode, name: string, byDefault: number): number {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : byDefault;
  return typeof value === 'number' ? value : Number.NaN;
}

/** Files hold float32. */
function isNear(value: number, want: number): boolean {
  return Math.abs(value / want - 1) < 1e-6;
}

/** Rounding up, as networks have it that are older than the attribute for it. */
function padsEnds({ attributes: { pads } }: OnnxFileNode): boolean {
  return typeof pads === 'object' && pads.join() === '0,0,1,1';
}

function isAll({ attributes }: OnnxFileNode, name: string, want: number, byDefault: number): boolean {
  const values = Object.hasOwn(attributes, name) ? attributes[name] : [byDefault];
  return typeof values === 'object' && values.every((value) => value === want);
}
