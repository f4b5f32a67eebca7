import {
  type Dim,
  findNode,
  formatShape,
  type Graph,
  InputError,
  inferConcreteShapes,
  nodesOf,
  type Shape,
  ShapeError,
} from '@strata/core';
import type { OnnxImportOptions } from '@strata/formats/onnx';
import type { Assumption } from '../checkpoints/assumption.js';
import { findLabels } from '../labels/find.js';
import { resolvePreprocessing } from '../preprocess/index.js';
import { pickPreprocessing } from '../preprocess/preprocessing.js';
import { assumedOfPictures } from './assumed.js';
import { LoadedNetwork } from './loaded-network.js';
import { type ModelSource, readModel } from './read-model.js';
import type { LoadedModel, LoadOptions, LoadStage } from './types.js';

/** Options of `loadModel`: those of `loadGoogLeNet` that are not GoogLeNet's own. */
export interface LoadModelOptions
  extends Omit<LoadOptions, 'variant' | 'weights' | 'transformInput' | 'auxiliary' | 'onProgress'>,
    Pick<OnnxImportOptions, 'externalData'> {
  /** A classifier of pictures in ONNX, whatever program wrote it. Bytes are copied at once. */
  readonly model: ModelSource;
  /** As `loadGoogLeNet`'s: first bytes, where the file is downloaded, then steps of compiling. */
  onProgress?(done: number, total: number | undefined, stage: LoadStage): void;
}

/** Whose pre-processing and labels a network of another program gets where nothing says otherwise. */
const style = 'torchvision';

/**
 * Reads a network from a `.onnx` file and compiles it on a backend. It takes one input [batch, channels, height, width],
 * and its first output is a score or a probability for each class, [batch, classes]. Where the file does not say how
 * pictures become its input, and what its classes are called, torchvision's way and, for 1,000 classes, ImageNet's labels
 * are assumed, which `assumed` tells. Only the outputs are looked at for values that are not finite.
 *
 * `UnsupportedError` with every node that has no counterpart, `WeightsError` for a file that cannot be read, `ShapeError`
 * for a network that is no such classifier, `InputError` for an input of another size than it takes; otherwise as `backend.compile`, or as the backend that fails to open.
 */
export async function loadModel(options: LoadModelOptions): Promise<LoadedModel> {
  const { signal, onProgress, cache, cacheFolder, externalData } = options;
  // Copied before anything is awaited: the caller may change what it gave.
  const asked = { input: options.input && [...options.input], labels: options.labels && [...options.labels] };
  const pictureOptions = pickPreprocessing(options);
  const reading = readModel(options.model, externalData === undefined ? {} : { externalData }, {
    ...{ cache, cacheFolder, signal },
    ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(done, total, 'download') }),
  });
  // If the backend fails to open, nobody awaits it.
  reading.catch(() => {});
  const backend = await options.backend;
  const { graph, weights, metadata, assumed, download } = await reading;
  const { name: pictureInput, inputShape } = pictureOf(graph, asked.input);
  const classes = classesOf(graph, pictureInput, inputShape);
  const labels = await findLabels(style, metadata, classes, asked.labels);
  const preprocessing = resolvePreprocessing(style, inputShape[0], pictureOptions, metadata);
  const main = await backend.compile(graph, weights, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(done, total, 'compile') }),
  });
  const ending = endOf(graph);
  return new LoadedNetwork(
    {
      ...{ backend, graph, weights, labels, preprocessing, metadata, inputShape, pictureInput, style },
      ...(download === undefined ? {} : { download }),
      assumed: [
        ...assumed.map(({ text }): Assumption => ({ about: 'network', text })),
        ...(ending === 'sigmoid' ? [{ about: 'network' as const, text: 'classes do not exclude each other' }] : []),
        ...assumedOfPictures({
          variant: style,
          classes,
          metadata,
          labels: asked.labels,
          pictureOptions,
          preprocessing,
        }),
      ],
      normalised: ending === 'softmax' || ending === 'sigmoid',
      trusted: true,
    },
    main,
  );
}

/** The graph's input, and [channels, height, width] of the pictures for it. */
function pictureOf(graph: Graph, asked: Shape | undefined): { readonly name: string; readonly inputShape: Shape } {
  const inputs = nodesOf(graph, 'input');
  const [first] = inputs;
  const shape: readonly Dim[] = first?.attributes.shape ?? [];
  if (inputs.length !== 1 || shape.length !== 4) {
    const got = inputs.map(({ name, attributes }) => `${name} ${formatShape(attributes.shape)}`).join(', ');
    throw new ShapeError({
      where: 'model',
      got: `inputs ${got}`,
      want: 'one, [batch, channels, height, width]',
      hint: "importOnnx and backend.compile take any network's tensors",
    });
  }
  const own = shape.slice(1);
  if (!isChannels(own[0]) && isChannels(own[2])) {
    throw new ShapeError({
      where: `model: ${first.name}`,
      got: `${formatShape(own)}, channels last`,
      want: '[channels, height, width]',
      hint: 'export it with channels first (tf2onnx: --inputs-as-nchw)',
    });
  }
  const inputShape = own.map((size, axis) => {
    const wanted = asked?.[axis] ?? size;
    if (typeof wanted !== 'number') {
      throw new ShapeError({
        where: `model: ${first.name}`,
        got: `${formatShape(own)}, which leaves ${wanted} open`,
        want: 'numbers',
        hint: 'give input: [channels, height, width]',
      });
    }
    if (typeof size === 'number' && size !== wanted) {
      const got = formatShape(asked ?? []);
      throw new InputError({ where: 'input', got, want: `${formatShape(own)}, as the model takes` });
    }
    return wanted;
  });
  return { name: first.name, inputShape };
}

/** Whether a size is a number of channels that pictures have. */
function isChannels(size: Dim): boolean {
  return size === 1 || size === 3;
}

/** How many classes the first output has for such a picture. `ShapeError` where the network does not take it. */
function classesOf(graph: Graph, pictureInput: string, inputShape: Shape): number {
  const [output] = graph.outputs;
  const shape = inferConcreteShapes(graph, { [pictureInput]: [1, ...inputShape] }).get(output) ?? [];
  const [, classes, ...rest] = shape;
  if (classes !== undefined && rest.every((size) => size === 1)) return classes;
  throw new ShapeError({
    where: `model: ${output}`,
    got: `${formatShape(shape)} of a picture ${formatShape(inputShape)}`,
    want: '[batch, classes]',
    hint: "importOnnx and backend.compile take any network's tensors",
  });
}

/** The op that gives the first output, behind those that only pass it on. */
function endOf(graph: Graph): string {
  let node = findNode(graph, graph.outputs[0]);
  while (node.op === 'dropout' || node.op === 'flatten' || node.op === 'reshape')
    node = findNode(graph, node.inputs[0]);
  return node.op;
}
