import {
  describeNode,
  fuseActivation,
  inferConcreteShapes,
  type Model,
  type Node,
  runPasses,
  type Shape,
} from '@strata/core';
import gpujs, { type GPU, type IPipelineHandle } from 'gpu.js';
import {
  averageSource,
  concatSource,
  convolutionSource,
  linearSource,
  maxPoolSource,
  reluSource,
} from './naive-kernels.js';
import { expectFloat32, type Peer, type PeerOptions } from './peer.js';

export interface NaiveGpujsOptions extends PeerOptions {
  readonly mode: 'cpu' | 'webasm';
  /** [1, channels, height, width]: gpu.js kernels have a fixed size. */
  readonly shape: Shape;
}

/**
 * The network as a first gpu.js program would have it: one kernel for each layer, one thread for each output, an `if`
 * on the borders inside the loops. gpu.js' own `createPipeline` runs them without readback in between, on webasm with
 * as many worker threads as asked for; weights are constants, so they cross once. Takes the ops of the seed network,
 * batch 1.
 */
export async function openNaiveGpujs(model: Model, options: NaiveGpujsOptions): Promise<Peer> {
  const { mode, shape, threads } = options;
  const [batch, channels, height, width] = shape;
  if (batch !== 1) throw new RangeError(`naive gpu.js: batch ${batch}, want 1`);
  const gpu = new gpujs.GPU({ mode });
  const { layers, output } = createLayers(gpu, model, shape);
  const pipeline = gpu.createPipeline((picture: IPipelineHandle) => {
    const values = new Map<string, IPipelineHandle>([['picture', picture]]);
    for (const { name, reads, kernel } of layers) values.set(name, kernel(...reads.map((read) => values.get(read))));
    return values.get(output);
  }, {});
  let called = false;
  return {
    async run(pictures) {
      const planes = nest(pictures, channels, height, width);
      const result = await (called ? pipeline(planes) : withCores(threads, () => pipeline(planes)));
      called = true;
      const wanted = mode === 'cpu' ? 'generic' : threads === 1 ? 'fused-sync' : 'fused-threaded';
      const { backend, executorKind, fallbackReason } = pipeline;
      if (backend === mode && executorKind === wanted) return expectFloat32(result);
      throw new Error(`naive gpu.js ran on ${backend} (${executorKind}), want ${mode} (${wanted}): ${fallbackReason}`);
    },
    async close() {
      await pipeline.destroy();
      await gpu.destroy();
    },
  };
}

interface Layer {
  readonly name: string;
  readonly reads: readonly string[];
  kernel(...inputs: IPipelineHandle[]): IPipelineHandle;
}

function createLayers(gpu: GPU, model: Model, picture: Shape): { layers: Layer[]; output: string } {
  // A relu is part of its convolution's layer.
  const { graph, weights } = runPasses(model, [fuseActivation]);
  const shapes = inferConcreteShapes(graph, { picture });
  const shapeOf = (name: string): Shape => shapes.get(name) ?? [];
  const layers = graph.nodes.flatMap((node): Layer[] => {
    const { name, op, inputs } = node;
    if (op === 'input' || op === 'parameter') return [];
    // The average pool before it already gives a flat result.
    if (op === 'flatten') return [{ name, reads: inputs, kernel: (x: IPipelineHandle) => x }];
    const source = sourceOf(node, shapeOf);
    const output = sizeOf(node, shapeOf(name));
    if (op !== 'conv2d' && op !== 'linear') {
      return [{ name, reads: inputs, kernel: gpu.createKernel(source, { output }) }];
    }
    const [x, ...parameters] = inputs;
    const [weight, bias] = parameters.map((parameter) => expectFloat32(weights[parameter].data));
    return [{ name, reads: [x], kernel: gpu.createKernel(source, { output, constants: { weights: weight, bias } }) }];
  });
  return { layers, output: graph.outputs[0] };
}

/** Throws `RangeError` for layers that the seed network does not have. */
function sourceOf(node: Node, shapeOf: (name: string) => Shape): string {
  const input = shapeOf(node.inputs[0]);
  if (isPlain(node)) {
    switch (node.op) {
      case 'conv2d':
        return convolutionSource(node, input, shapeOf(node.inputs[1]));
      case 'maxPool2d':
        return maxPoolSource(node, input);
      case 'relu':
        return reluSource;
      case 'concat':
        return concatSource(node.inputs.map((name) => shapeOf(name)[1]));
      case 'globalAvgPool':
        return averageSource(input);
      case 'linear':
        return linearSource(input);
    }
  }
  throw new RangeError(`naive gpu.js: ${describeNode(node)}, want a layer of the seed network`);
}

function isPlain(node: Node): boolean {
  if (node.op !== 'conv2d' && node.op !== 'maxPool2d')
    return node.op !== 'linear' || node.attributes.activation === 'none';
  const { dilation, ...attributes } = node.attributes;
  return dilation.every((distance) => distance === 1) && !('groups' in attributes && attributes.groups !== 1);
}

/** gpu.js' output size, x first. */
function sizeOf({ op }: Node, [, channels, ...size]: Shape): number[] {
  return op === 'globalAvgPool' ? [channels] : [...size.toReversed(), channels];
}

/** One picture as gpu.js takes arrays of three dimensions: [channel][row][column]. */
function nest(data: Float32Array, channels: number, height: number, width: number): number[][][] {
  return Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: height }, (_, row) => {
      const start = (channel * height + row) * width;
      return Array.from(data.subarray(start, start + width));
    }),
  );
}

/**
 * gpu.js starts as many pipeline workers as the machine claims cores, and has no setting: claims `threads` meanwhile.
 */
async function withCores<T>(threads: number, call: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { hardwareConcurrency: threads }, configurable: true });
  try {
    return await call();
  } finally {
    if (own === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', own);
  }
}
