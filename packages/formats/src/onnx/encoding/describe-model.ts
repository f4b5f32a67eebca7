import { type Dim, freshName, type Graph, inferShapes, nodesOf, type SymbolicShape, version } from '@strata/core';
import type { ModelProto, TensorShapeProto, ValueInfoProto } from '../generated/onnx_pb.js';
import { TensorProto_DataType } from '../generated/onnx_pb.js';

/** What a file for people says beside what is computed. */
export interface OnnxDescription {
  /** The graph's name; `'strata'` by default. */
  readonly name?: string;
  /** What the network is, in words. */
  readonly description?: string;
  /** Texts by key, in `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The description as fields of the model. */
export function describeModel({ description, metadata = {} }: OnnxDescription): Partial<ModelProto> {
  return {
    producerVersion: version,
    ...(description === undefined ? {} : { docString: description }),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  };
}

/** A float32 value of these sizes, open ones by name; without a shape a runtime infers it. */
export function encodeValue(name: string, shape?: SymbolicShape): ValueInfoProto {
  const tensorType = {
    elemType: TensorProto_DataType.FLOAT,
    ...(shape === undefined ? {} : { shape: encodeShape(shape) }),
  };
  return { name, type: { tensorType } };
}

function encodeShape(shape: SymbolicShape): TensorShapeProto {
  return { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) };
}

/**
 * Shapes of outputs as files have them: an open size of the inputs keeps its name, one that follows from it, whose name
 * in the graph is a formula, gets one of the output and axis.
 */
export function nameOpenSizes(graph: Graph): (output: string) => SymbolicShape {
  const shapes = inferShapes(graph);
  const given = new Set(nodesOf(graph, 'input').flatMap(({ attributes }) => attributes.shape));
  const taken = new Set([...given].map(String));
  return (output) =>
    (shapes.get(output) ?? []).map(
      (size, axis): Dim => (typeof size === 'number' || given.has(size) ? size : freshName(`${output}:${axis}`, taken)),
    );
}
