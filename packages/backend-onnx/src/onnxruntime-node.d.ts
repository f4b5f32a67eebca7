// onnxruntime-node is optional: the build must not need it. It has the API of onnxruntime-common, and a list.
declare module 'onnxruntime-node' {
  export { env, InferenceSession, Tensor } from 'onnxruntime-common';
  /** The execution providers that the build knows; `bundled` where their code is in the package. */
  export function listSupportedBackends(): { readonly name: string; readonly bundled: boolean }[];
}
