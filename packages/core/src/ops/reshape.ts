import { ShapeError } from '../errors.js';
import { countElements, type Dim, formatShape, productOf, type SymbolicShape, splitProduct } from '../tensor/shape.js';
import { checkWhole } from './check.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `reshape`. */
export interface ReshapeAttributes {
  /** Sizes of the result: 0 copies that axis of the input, and one −1 takes what the others leave. */
  readonly shape: readonly number[];
}

/**
 * The same elements, in row-major order, under other axes. Any rank; NaN and infinities pass.
 *
 * An open size may be copied by 0, or be part of the product that −1 takes: [batch,6,height,width] as [0,2,−1] is
 * [batch,2,3·height·width]. ONNX Reshape-14 with allowzero 0; PyTorch `reshape`, where 0 copies nothing.
 */
export const reshapeSpec: OpSpec<ReshapeAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { shape }, [x]) => {
    checkSizes(where, shape, x);
    const rest = productOf(x.filter((_, axis) => shape[axis] !== 0));
    const { known, open } = splitProduct(rest);
    const asked = countElements(shape.filter((size) => size > 0));
    const takesRest = shape.includes(-1);
    // Without −1 an open rest may yet be what is asked for, where its known part divides that.
    const fits = takesRest ? known % asked === 0 : open === '' ? known === asked : asked % known === 0;
    if (!fits) throw unfit(where, shape, x, { rest, asked, open });
    const left = productOf(open === '' ? [known / asked] : [known / asked, open]);
    return shape.map((size, axis) => (size === 0 ? x[axis] : size === -1 ? left : size));
  },
  multiplyAdds: () => 0,
};

function checkSizes(where: string, shape: readonly number[], x: SymbolicShape): void {
  for (const size of shape) checkWhole(where, 'size', size, -1);
  if (shape.filter((size) => size === -1).length > 1) {
    throw new ShapeError({ where, got: `shape ${formatShape(shape)}`, want: 'at most one −1' });
  }
  const beyond = shape.findIndex((size, axis) => size === 0 && axis >= x.length);
  if (beyond === -1) return;
  throw new ShapeError({
    where,
    got: `shape ${formatShape(shape)} for ${formatShape(x)}`,
    want: `a number or −1 at axis ${beyond}`,
    hint: '0 copies the axis of the input that has the same number, which is none here',
  });
}

function unfit(
  where: string,
  shape: readonly number[],
  x: SymbolicShape,
  { rest, asked, open }: { readonly rest: Dim; readonly asked: number; readonly open: string },
): ShapeError {
  return new ShapeError({
    where,
    got: `shape ${formatShape(shape)} for ${formatShape(x)}`,
    want: `${shape.includes(-1) ? 'sizes that divide' : 'as many elements as'} ${rest}, not ${asked}`,
    hint: open === '' ? undefined : 'copy open axes by 0, or give the input numbers for its sizes',
  });
}
