import type { Counts } from './repeat.js';

/** Counts the tensors of TensorFlow.js and their bytes, of all its devices in this realm. Only while one of them is open. */
export async function countTensors(): Promise<() => Counts> {
  const { memory } = await import('@tensorflow/tfjs-core');
  return () => {
    const { numTensors, numBytes } = memory();
    return { tensors: numTensors, bytes: numBytes };
  };
}
