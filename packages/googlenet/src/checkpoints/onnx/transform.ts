import type { OnnxFileNode } from '@strata/formats/onnx';
import { variants } from '../../network/variants.js';
import type { Origin, Tracer } from './trace.js';
import type { FoundNetwork } from './walk.js';

const { scale, shift } = variants.torchvision.transform;

/** Nodes that change nothing of a picture's values, nor their order. */
const idle: readonly string[] = ['Identity', 'Cast', 'Dropout'];

/** What is computed of the picture before the first convolution: torchvision's `transform_input` or nothing, else why not. */
export function readTransform({ start, tracer }: FoundNetwork): boolean | string {
  const { node, between } = start;
  const odd = between.find(({ op }) => !idle.includes(op) && op !== 'BatchNormalization');
  if (odd !== undefined) return `a ${odd.op} of the picture before conv1`;
  const batchNorm = between.find(({ op }) => op === 'BatchNormalization');
  if (node === undefined) return batchNorm === undefined ? false : readBatchNorm(batchNorm, tracer);
  if (node.op !== 'Concat' || batchNorm !== undefined) return `a ${node.op} before conv1`;
  const parts = node.inputs.map((input) => readChannel(tracer.origin(input), tracer));
  const fits =
    parts.length === 3 && parts.every((part, at) => isNear(part?.scale, scale[at]) && isNear(part?.shift, shift[at]));
  return fits ? true : "a Concat before conv1 that is not torchvision's transform_input";
}

/** As our own exported files have it. */
function readBatchNorm({ inputs, attributes }: OnnxFileNode, tracer: Tracer): boolean | string {
  const numbers = inputs.slice(1).map((name) => [...(tracer.constant(name)?.read().data ?? [])]);
  const want = [scale, shift, [0, 0, 0], [1, 1, 1]];
  const same = want.every((values, index) => values.every((value, at) => isNear(numbers[index]?.[at], value)));
  return same && attributes.epsilon === 0 ? true : 'a batch norm of the picture before conv1';
}

function readChannel(
  { node, between }: Origin,
  tracer: Tracer,
): { readonly scale: number | undefined; readonly shift: number | undefined } | undefined {
  if (node !== undefined) return undefined;
  const factor = (op: string) => {
    const found = between.find((one) => one.op === op);
    return found === undefined ? undefined : numberIn(found, tracer);
  };
  return { scale: factor('Mul'), shift: factor('Add') };
}

function numberIn({ inputs }: OnnxFileNode, tracer: Tracer): number | undefined {
  const [constant] = inputs.flatMap((name) => tracer.constant(name) ?? []);
  return constant?.read().data[0];
}

function isNear(value: number | undefined, want: number): boolean {
  return value !== undefined && Math.abs(value - want) < 1e-5;
}
