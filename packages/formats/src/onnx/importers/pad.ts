import { InputError, normaliseAxis } from '@strata/core';
import { listOf, numberOf, textOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Importer, Importing } from '../reading/types.js';

/** Pads are an attribute before opset 11 and an input from there on; from 18 on they may be those of some axes alone. */
export const pad: Importer = ({ layers, ...importing }) => {
  const { node, valueAt } = importing;
  const mode = textOf(node, 'mode', 'constant');
  if (mode !== 'constant') {
    throw new InputError({
      where: node.name,
      got: `mode ${mode}`,
      want: 'constant',
      hint: 'no layer mirrors or repeats',
    });
  }
  const x = valueAt(0);
  const { pads, value, axes } = partsOf(importing, x.shape.length);
  if (pads.length !== 2 * axes.length) {
    throw new InputError({ where: node.name, got: `${pads.length} pads`, want: `${2 * axes.length}: two an axis` });
  }
  const negative = pads.find((count) => count < 0);
  if (negative !== undefined) {
    const hint = 'a negative pad cuts, as Slice does';
    throw new InputError({ where: node.name, got: `a pad of ${negative}`, want: 'at least 0', hint });
  }
  const along = (counts: readonly number[]) => x.shape.map((_, axis) => counts[axes.indexOf(axis)] ?? 0);
  const [before, after] = [pads.slice(0, axes.length), pads.slice(axes.length)];
  return layers.pad(node.output, x, { before: along(before), after: along(after), value });
};

interface Parts {
  readonly pads: readonly number[];
  readonly value: number;
  readonly axes: readonly number[];
}

function partsOf({ node, constantAt }: Omit<Importing, 'layers'>, rank: number): Parts {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  if (node.opset < 11) {
    const pads = listOf(node, node.opset < 2 ? 'paddings' : 'pads') ?? [];
    return { pads, value: numberOf(node, 'value', 0), axes: all };
  }
  const given = hasInput(node, 3) ? [...constantAt(3).data] : all;
  return {
    pads: [...constantAt(1).data],
    value: hasInput(node, 2) ? constantAt(2).data[0] : 0,
    axes: given.map((axis) => normaliseAxis(axis, rank, `${node.name}: axes`)),
  };
}
