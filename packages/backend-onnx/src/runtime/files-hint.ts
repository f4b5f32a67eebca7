/** What to do where onnxruntime-web does not find its own files. */
export const filesHint =
  'where its .wasm and .mjs files are elsewhere, say so with wasmPaths; esbuild leaves them out without @strata/esbuild';
