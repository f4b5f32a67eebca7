/** The package that brings the devices of Node, and how to install it. */
export const ONNXRUNTIME_NODE = {
  library: 'onnxruntime-node',
  // The package's install script fetches CUDA files, and fails the install where it can not.
  install: 'npm install onnxruntime-node --onnxruntime-node-install=skip',
};
