import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** Field numbers are those of onnx.proto. */
const write = (fill) => {
  const writer = new BinaryWriter();
  fill(writer);
  return writer.finish();
};
const message = (writer, field, fill) => writer.uint32(field * 8 + 2).bytes(write(fill));
const text = (writer, field, value) => writer.uint32(field * 8 + 2).string(value);
const whole = (writer, field, value) => writer.uint32(field * 8).int64(value);
const single = (writer, field, value) => writer.uint32(field * 8 + 5).float(value);

function attribute(writer, [name, value]) {
  text(writer, 1, name);
  if (Array.isArray(value)) {
    for (const item of value) whole(writer, 8, item);
    whole(writer, 20, 7);
  } else if (typeof value === 'object') {
    single(writer, 2, value.float);
    whole(writer, 20, 1);
  } else {
    whole(writer, 3, value);
    whole(writer, 20, 2);
  }
}

function value(writer, [name, shape]) {
  text(writer, 1, name);
  message(writer, 2, (type) =>
    message(type, 1, (tensor) => {
      whole(tensor, 1, 1);
      message(tensor, 2, (dims) => {
        for (const size of shape) message(dims, 1, (dim) => whole(dim, 1, size));
      });
    }),
  );
}

function initializer(writer, [name, { shape, floats, ints }]) {
  for (const size of shape) whole(writer, 1, size);
  whole(writer, 2, floats === undefined ? 7 : 1);
  for (const item of floats ?? []) single(writer, 4, item);
  for (const item of ints ?? []) whole(writer, 7, item);
  text(writer, 8, name);
}

/**
 * An ONNX model's bytes. `nodes` are `{ op, inputs, output, attributes }`, where an attribute is a whole number, a list
 * of them or `{ float }`; `inputs` and `outputs` are float32 shapes by name, `constants` `{ shape, floats | ints }`.
 */
export function onnxModel({ nodes, inputs, outputs, constants = {}, opset = 18 }) {
  return write((model) => {
    whole(model, 1, 8);
    message(model, 7, (graph) => {
      for (const { op, inputs: read, output, attributes = {} } of nodes) {
        message(graph, 1, (node) => {
          for (const name of read) text(node, 1, name);
          text(node, 2, output);
          text(node, 4, op);
          for (const entry of Object.entries(attributes)) message(node, 5, (w) => attribute(w, entry));
        });
      }
      text(graph, 2, 'finding');
      for (const entry of Object.entries(constants)) message(graph, 5, (w) => initializer(w, entry));
      for (const entry of Object.entries(inputs)) message(graph, 11, (w) => value(w, entry));
      for (const entry of Object.entries(outputs)) message(graph, 12, (w) => value(w, entry));
    });
    message(model, 8, (set) => {
      text(set, 1, '');
      whole(set, 2, opset);
    });
  });
}

/** Runs the model once on one float32 input: the outputs' values by name. */
export async function runOnnx(ort, model, { x, shape }, options = {}) {
  const session = await ort.InferenceSession.create(onnxModel(model), { logSeverityLevel: 4, ...options });
  const results = await session.run({ x: new ort.Tensor('float32', Float32Array.from(x), shape) });
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data]]));
}

/** What the library says when it refuses, without the place in its source; undefined when it does not. */
export async function refusal(work) {
  try {
    await work();
    return undefined;
  } catch (error) {
    return String(error?.message ?? error)
      .replaceAll('\n', ' ')
      .replace(/\/\S*\/(?=\w+\.(cc|h))/g, '');
  }
}
