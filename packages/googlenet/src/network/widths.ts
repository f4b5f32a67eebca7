import { ownValue, type Shape } from '@strata/core';
import { type Stage, stages } from './table.js';

/**
 * Filters of convolutions by our layer names (`conv1`, `inception3a.branch2.reduce`, `aux1.conv`), and the features of
 * `aux1.fc1` and `aux2.fc1`.
 */
export type Widths = Readonly<Record<string, number>>;

/** Of the heads' convolution and first linear layer, in the paper. */
const headWidths = { conv: 128, fc1: 1024 } as const;

/** The stages behind which the auxiliary heads stand, and the names of their outputs. */
export const headNames: ReadonlyMap<string, string> = new Map([
  ['inception4a', 'aux1'],
  ['inception4d', 'aux2'],
]);

/** The widths of the paper's Table 1, and of its auxiliary heads. */
export const paperWidths: Widths = Object.fromEntries([
  ...stages.flatMap((stage): [string, number][] => {
    if (stage.type === 'convolution') return [[stage.name, stage.filters]];
    if (stage.type !== 'inception') return [];
    const { name, branch1, branch2, branch3, branch4 } = stage;
    return [
      [`${name}.branch1`, branch1],
      [`${name}.branch2.reduce`, branch2[0]],
      [`${name}.branch2`, branch2[1]],
      [`${name}.branch3.reduce`, branch3[0]],
      [`${name}.branch3`, branch3[1]],
      [`${name}.branch4`, branch4],
    ];
  }),
  ...[...headNames.values()].flatMap((head) =>
    Object.entries(headWidths).map(([layer, width]): [string, number] => [`${head}.${layer}`, width]),
  ),
]);

/** The width of a layer: as given, else the paper's. */
export function widthOf(widths: Widths, layer: string): number {
  return ownValue(widths, layer) ?? paperWidths[layer];
}

/** A stage with these widths. */
export function widen(stage: Stage, widths: Widths): Stage {
  const { name } = stage;
  const width = (branch: string) => widthOf(widths, `${name}.${branch}`);
  switch (stage.type) {
    case 'convolution':
      return { ...stage, filters: widthOf(widths, name) };
    case 'inception':
      return {
        ...stage,
        branch1: width('branch1'),
        branch2: [width('branch2.reduce'), width('branch2')],
        branch3: [width('branch3.reduce'), width('branch3')],
        branch4: width('branch4'),
      };
    default:
      return stage;
  }
}

/**
 * The widths that weights under our names have. Of a layer whose tensors disagree it is what most of them say: its
 * weights, its bias or batch norm, and the weights of the layer that alone reads it; else the paper's, where one of them
 * says that; else its weights'. So the one tensor that does not fit its neighbours is told, not they. Layers that the
 * shapes do not hold are left out.
 */
export function widthsOf(shapes: ReadonlyMap<string, Shape>): Widths {
  return Object.fromEntries(
    Object.keys(paperWidths).flatMap((layer): [string, number][] => {
      const width = mostSaid(votesOn(layer, shapes), paperWidths[layer]);
      return width === undefined ? [] : [[layer, width]];
    }),
  );
}

/** Tensors whose first size is the layer's width, after its own weights. */
const parts = ['conv.weight', 'weight', 'bias', 'bn.scale', 'bn.shift', 'bn.mean', 'bn.variance'];

function votesOn(layer: string, shapes: ReadonlyMap<string, Shape>): number[] {
  const own = parts.flatMap((part) =>
    sizeAt(shapes.get(`${layer}.${part}`), 0, part.endsWith('weight') ? [2, 4] : [1]),
  );
  const reader = readerOf(layer);
  if (reader === undefined) return own;
  return [...own, ...['conv.weight', 'weight'].flatMap((part) => sizeAt(shapes.get(`${reader}.${part}`), 1, [2, 4]))];
}

function sizeAt(shape: Shape | undefined, axis: number, ranks: readonly number[]): number[] {
  if (shape === undefined || !ranks.includes(shape.length)) return [];
  return shape[axis] >= 1 ? [shape[axis]] : [];
}

/** The layer with weights that reads all channels of this one and no others. */
function readerOf(layer: string): string | undefined {
  if (layer === 'conv1') return 'conv2';
  if (layer === 'conv2') return 'conv3';
  if (layer === 'conv3') return 'inception3a.branch1';
  if (layer.endsWith('.reduce')) return layer.slice(0, -'.reduce'.length);
  return layer.endsWith('.fc1') ? layer.slice(0, -'.fc1'.length) : undefined;
}

function mostSaid(votes: readonly number[], paper: number): number | undefined {
  const count = (width: number) => votes.filter((vote) => vote === width).length;
  const most = Math.max(...votes.map(count));
  const leading = votes.filter((width) => count(width) === most);
  return leading.includes(paper) ? paper : leading[0];
}
