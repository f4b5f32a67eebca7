import type { PeerName } from './peer-table.js';
import type { Size } from './subject.js';

/** What `--only` takes, beside `start-up`. */
export const rowNames = ['native', 'wasm', 'tfjs-native', 'tfjs-wasm', 'gpujs-wasm', 'gpujs-js'] as const;

export type RowName = (typeof rowNames)[number];

/** One comparison: Strata on a device of a backend against a peer on the same processor, at one size. */
export interface BenchCase {
  readonly row: RowName;
  readonly backend: 'onnx' | 'tfjs' | 'gpujs';
  readonly device: string;
  readonly peer: PeerName;
  readonly size: Size;
  /** Interleaved pairs; fewer where one run takes seconds. */
  readonly pairs: number;
  /** Whether the peer is also run against a second one of itself, which shows what noise alone gives. */
  readonly control: boolean;
  /** Whether the library under both sides takes a number of threads. The others have one. */
  readonly threaded: boolean;
}

const small = { batch: 1, side: 224 };
const large = { batch: 32, side: 96 };

const onnxNative = { row: 'native', backend: 'onnx', device: 'native', peer: 'onnxruntime-node' } as const;
const onnxWasm = { row: 'wasm', backend: 'onnx', device: 'wasm', peer: 'onnxruntime-web' } as const;
const tfjsNative = { row: 'tfjs-native', backend: 'tfjs', device: 'native', threaded: true } as const;
const tfLayersNative = { ...tfjsNative, peer: 'tf.layers on TensorFlow', control: true } as const;

export const cases: readonly BenchCase[] = [
  { ...onnxNative, size: small, pairs: 400, control: true, threaded: true },
  { ...onnxNative, size: large, pairs: 200, control: true, threaded: true },
  { ...onnxWasm, size: small, pairs: 60, control: true, threaded: true },
  { ...onnxWasm, size: large, pairs: 20, control: true, threaded: true },
  { ...tfLayersNative, size: small, pairs: 150 },
  { ...tfLayersNative, size: large, pairs: 40 },
  { ...tfjsNative, peer: 'onnxruntime-node', size: small, pairs: 100, control: false },
  {
    row: 'tfjs-wasm',
    backend: 'tfjs',
    device: 'wasm',
    peer: 'tf.layers on wasm',
    size: small,
    pairs: 60,
    control: true,
    threaded: false,
  },
  {
    row: 'gpujs-wasm',
    backend: 'gpujs',
    device: 'wasm',
    peer: 'naive gpu.js, webasm',
    size: small,
    pairs: 10,
    control: true,
    threaded: true,
  },
  {
    row: 'gpujs-js',
    backend: 'gpujs',
    device: 'js',
    peer: 'naive gpu.js, cpu',
    size: small,
    pairs: 5,
    control: false,
    threaded: false,
  },
];
