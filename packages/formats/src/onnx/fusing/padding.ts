import { ownValue } from '@strata/core';
import type { OnnxFileNode } from '../opening/types.js';
import { listOf, numberOf, textOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Before, Form, Fuser } from './types.js';

/** Convolutions sum over zeros outside the picture: Pad with 0 before one is padding of its own. */
export const paddedConv: Fuser = (node, before) => padInto(node, before, { value: 0 });

/** A maximum never takes −∞. */
export const paddedMaxPool: Fuser = (node, before) => padInto(node, before, { value: Number.NEGATIVE_INFINITY });

/** A mean over zeros that count, which holds where the pool counts none itself and no window reaches beyond. */
export const paddedAveragePool: Fuser = (node, before) => {
  const ownPads = listOf(node, 'pads') ?? [];
  const counts = numberOf(node, 'count_include_pad', 0) === 1;
  if (numberOf(node, 'ceil_mode', 0) === 1 || (!counts && ownPads.some((pad) => pad !== 0))) return undefined;
  const form = padInto(node, before, { value: 0 });
  return form && { ...form, attributes: { ...form.attributes, count_include_pad: 1 } };
};

/** The node on what stands before the Pad, with its padding; pads of two axes are [top, left, bottom, right]. */
function padInto(node: OnnxFileNode, before: Before, { value }: { readonly value: number }): Form | undefined {
  const [input = '', ...others] = node.inputs;
  const pad = before.makerOf(input);
  if (pad?.op !== 'Pad' || before.shapeOf(pad.inputs[0])?.length !== 4 || before.knownOf(input)) return undefined;
  const autoPad = textOf(node, 'auto_pad', 'NOTSET');
  if (autoPad !== 'NOTSET' && autoPad !== 'VALID') return undefined;
  const pads = picturePads(pad, before);
  if (pads === undefined || paddedValue(pad, before) !== value) return undefined;
  const own = autoPad === 'VALID' ? [0, 0, 0, 0] : (listOf(node, 'pads') ?? [0, 0, 0, 0]);
  if (own.length !== 4) return undefined;
  const sums = pads.map((size, side) => size + own[side]);
  // A window that sees nothing but padding has no value in a pool, and Pad then has to be a layer.
  const window = node.op === 'Conv' ? [] : (listOf(node, 'kernel_shape') ?? []);
  if (sums.some((size, side) => size >= (window[side % 2] ?? Number.POSITIVE_INFINITY))) return undefined;
  const rest = Object.entries(node.attributes).filter(([name]) => name !== 'auto_pad');
  const attributes = { ...Object.fromEntries(rest), pads: sums };
  return { ...node, attributes, inputs: [pad.inputs[0], ...others] };
}

/** [top, left, bottom, right] of a constant Pad of pictures that leaves batch and channels as they are. */
function picturePads(pad: OnnxFileNode, { knownOf }: Before): readonly number[] | undefined {
  if (textOf(pad, 'mode', 'constant') !== 'constant' || hasInput(pad, 3)) return undefined;
  const pads = hasInput(pad, 1) ? knownOf(pad.inputs[1])?.sizes() : (listOf(pad, 'pads') ?? listOf(pad, 'paddings'));
  if (pads?.length !== 8) return undefined;
  const sizes = pads.filter((size) => typeof size === 'number' && size >= 0).map(Number);
  if (sizes.length !== 8) return undefined;
  const [batch, channels, top, left, batchEnd, channelsEnd, bottom, right] = sizes;
  return batch + channels + batchEnd + channelsEnd === 0 ? [top, left, bottom, right] : undefined;
}

function paddedValue(pad: OnnxFileNode, { knownOf }: Before): number | undefined {
  if (hasInput(pad, 2)) return knownOf(pad.inputs[2])?.tensor().data[0];
  return ownValue(pad.attributes, 'value') === undefined ? 0 : numberOf(pad, 'value', 0);
}
