import { type Emitter, type Operator, operatorTable } from '@strata/formats/onnx';
import { emitPad } from './padding/emit-pad.js';
import { fitsPool, noPadding, paddingForFloor, trimPadding } from './padding/pool-padding.js';

/** A max pool of the graph. */
export type Pooling = Parameters<Operator<'maxPool2d'>>[0];

/**
 * ONNX Runtime's kernels start from the lowest finite number, so that a window of minus infinities has that for its
 * largest. Below −1 the result is that of x·2⁻⁶⁴, enlarged again: exact for numbers of that size, and the kernel's start,
 * which no such number is below, becomes minus infinity.
 */
export const maxPool2d: Operator<'maxPool2d'> = (node, emitter) => {
  const { name, inputs } = node;
  const [x] = inputs;
  const constant = (what: string, value: number) => emitter.floats(name, what, [value]);
  const largest = emitter.fresh(name, 'largest');
  maxPool2dByKernel({ ...node, name: largest }, emitter);
  const small = emitter.emit(emitter.fresh(name, 'small'), 'Mul', [x, constant('shrink', 2 ** -64)]);
  const pooled = emitter.fresh(name, 'pooled');
  maxPool2dByKernel({ ...node, name: pooled, inputs: [small] }, emitter);
  const low = emitter.emit(emitter.fresh(name, 'low'), 'Mul', [pooled, constant('enlarge', 2 ** 64)]);
  const isLow = emitter.emit(emitter.fresh(name, 'is-low'), 'Less', [largest, constant('minus-one', -1)]);
  emitter.emit(name, 'Where', [isLow, low, largest]);
};

/**
 * The same behind a convolution, whose sum near the lowest finite number may as well overflow: a result of just that
 * number then stands for minus infinity, and one pool is enough.
 */
export function maxPool2dOfSums(node: Pooling, emitter: Emitter): void {
  const { name } = node;
  const constant = (what: string, value: number) => emitter.floats(name, what, [value]);
  const largest = emitter.fresh(name, 'largest');
  maxPool2dByKernel({ ...node, name: largest }, emitter);
  const above = emitter.emit(emitter.fresh(name, 'above'), 'Greater', [largest, constant('lowest', LOWEST)]);
  emitter.emit(name, 'Where', [above, largest, constant('infinity', Number.NEGATIVE_INFINITY)]);
}

const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

/**
 * For pools that show nothing far below zero. Without ONNX's ceil mode: shape inference counts a window that starts in the padding,
 * the kernel does not. Padding that the kernel refuses is put on before, as minus infinity.
 */
export function maxPool2dByKernel(node: Pooling, emitter: Emitter): void {
  const { name, inputs, attributes } = node;
  const padding = paddingForFloor({ ...attributes, padding: trimPadding(attributes) });
  const pool = { ...attributes, rounding: 'floor' as const };
  if (fitsPool(padding, attributes.window)) {
    operatorTable.maxPool2d({ ...node, attributes: { ...pool, padding } }, emitter);
    return;
  }
  const request = { name, what: 'padded', x: inputs[0], padding };
  const padded = emitPad({ ...request, value: Number.NEGATIVE_INFINITY }, emitter);
  operatorTable.maxPool2d({ ...node, inputs: [padded], attributes: { ...pool, padding: noPadding } }, emitter);
}
