// ONNX Runtime, but one weight of one layer is wrong: what `strata diff` says of such a backend.
// strata diff --backend ./docs/examples/one-wrong-weight.mjs --other onnx/native
import { createBackend as createOnnx } from '@strata/backend-onnx';

export async function createBackend() {
  const onnx = await createOnnx({ device: 'native' });
  const spoil = (weights) => {
    const name = 'inception4c.branch2.weight';
    const { data, ...rest } = weights[name];
    return { ...weights, [name]: { ...rest, data: data.map((value, index) => (index === 0 ? value + 1 : value)) } };
  };
  return {
    ...onnx,
    name: 'mine',
    compile: (graph, weights, options) => onnx.compile(graph, spoil(weights), options),
  };
}
