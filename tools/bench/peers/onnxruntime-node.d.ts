// onnxruntime-node is optional: the build must not need it. It has the API of onnxruntime-common.
declare module 'onnxruntime-node' {
  export { InferenceSession, Tensor } from 'onnxruntime-common';
}
