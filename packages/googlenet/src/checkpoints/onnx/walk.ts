import type { OnnxFileNode, OnnxNetwork } from '@strata/formats/onnx';
import { inceptionNames } from '../../network/table.js';
import { type Origin, Tracer } from './trace.js';

/** A layer with weights as an ONNX network has it. */
export interface FoundLayer {
  /** Our name of it. */
  readonly layer: string;
  readonly node: OnnxFileNode;
  /** The nodes between it and the next such layer, the last of them first. */
  readonly after: readonly OnnxFileNode[];
}

/** An ONNX network with the shape of a GoogLeNet. */
export interface FoundNetwork {
  readonly layers: readonly FoundLayer[];
  /** What is computed between a block and the one above, or `conv3`. */
  readonly before: ReadonlyMap<string, readonly OnnxFileNode[]>;
  /** What is computed in a block's fourth branch before its convolution. */
  readonly pools: ReadonlyMap<string, readonly OnnxFileNode[]>;
  /** What is computed between the last block and the last layer. */
  readonly end: readonly OnnxFileNode[];
  /** What is computed of the picture before the first convolution. */
  readonly start: Origin;
  readonly tracer: Tracer;
}

/**
 * Finds a GoogLeNet's layers by how they hang together, from the output upwards: names say nothing where an exporter has
 * renamed them, nor does the order of nodes. A block's branches are known by their places in its Concat. `undefined` for
 * a network of another shape.
 */
export function walkNetwork(network: OnnxNetwork): FoundNetwork | undefined {
  const tracer = new Tracer(network);
  for (const { name } of network.outputs) {
    const found = walkFrom(name, tracer);
    if (found !== undefined) return found;
  }
  return undefined;
}

function walkFrom(output: string, tracer: Tracer): FoundNetwork | undefined {
  const layers: FoundLayer[] = [];
  const last = tracer.origin(output);
  if (last.node?.op !== 'Gemm' && last.node?.op !== 'MatMul') return undefined;
  layers.push({ layer: 'fc', node: last.node, after: last.between });
  const before = new Map<string, readonly OnnxFileNode[]>();
  const pools = new Map<string, readonly OnnxFileNode[]>();
  let above = tracer.origin(last.node.inputs[0]);
  const end = above.between;
  for (const block of inceptionNames.toReversed()) {
    const input = walkBlock(block, above, tracer, layers);
    if (input === undefined) return undefined;
    above = input.above;
    before.set(block, above.between);
    pools.set(block, input.pool);
  }
  for (const layer of ['conv3', 'conv2', 'conv1']) {
    if (above.node?.op !== 'Conv') return undefined;
    layers.push({ layer, node: above.node, after: above.between });
    above = tracer.origin(above.node.inputs[0]);
  }
  return { layers, before, pools, end, start: above, tracer };
}

/** Where a block's input comes from, and what its fourth branch begins with. */
interface BlockInput {
  readonly above: Origin;
  readonly pool: readonly OnnxFileNode[];
}

/** Adds a block's six convolutions. `undefined` where its branches do not begin with the same value. */
function walkBlock(block: string, { node }: Origin, tracer: Tracer, layers: FoundLayer[]): BlockInput | undefined {
  if (node?.op !== 'Concat' || node.inputs.length !== 4) return undefined;
  const starts: Origin[] = [];
  for (const [index, input] of node.inputs.entries()) {
    const branch = `${block}.branch${index + 1}`;
    const end = tracer.origin(input);
    if (end.node?.op !== 'Conv') return undefined;
    layers.push({ layer: branch, node: end.node, after: end.between });
    let start = tracer.origin(end.node.inputs[0]);
    if (index === 1 || index === 2) {
      if (start.node?.op !== 'Conv') return undefined;
      layers.push({ layer: `${branch}.reduce`, node: start.node, after: start.between });
      start = tracer.origin(start.node.inputs[0]);
    }
    starts.push(start);
  }
  const [first, , , last] = starts;
  const own = last.between.length - first.between.length;
  const alike = starts.every(({ node, between }, index) => {
    const rest = index === 3 ? between.slice(Math.max(own, 0)) : between;
    return (
      node === first.node && rest.length === first.between.length && rest.every((one, at) => one === first.between[at])
    );
  });
  return alike ? { above: first, pool: last.between.slice(0, own) } : undefined;
}
