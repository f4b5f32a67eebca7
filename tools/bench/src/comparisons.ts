import type { PeerName } from './peer-table.js';
import type { Size } from './subject.js';

/** What a device is measured against, at one size. */
export interface PeerComparison {
  /** A peer, or another device of Strata as `backend/device`. */
  readonly peer: PeerName | (string & {});
  readonly size: Size;
  /** Interleaved pairs; fewer where one run takes seconds. */
  readonly pairs: number;
  /** Whether the peer is also run against a second instance of itself, which shows what noise alone gives. */
  readonly control: boolean;
}

const small = { batch: 1, side: 224 };
const large = { batch: 32, side: 96 };

/** What a user of a library would write, by the library that a backend declares and its device. */
const comparisons: Readonly<Record<string, Readonly<Record<string, readonly PeerComparison[]>>>> = {
  'ONNX Runtime': {
    native: [
      { peer: 'onnxruntime-node', size: small, pairs: 400, control: true },
      { peer: 'onnxruntime-node', size: large, pairs: 200, control: true },
    ],
    wasm: [
      { peer: 'onnxruntime-web', size: small, pairs: 60, control: true },
      { peer: 'onnxruntime-web', size: large, pairs: 20, control: true },
    ],
  },
  'TensorFlow.js': {
    native: [
      { peer: 'tf.layers on TensorFlow', size: small, pairs: 150, control: true },
      { peer: 'tf.layers on TensorFlow', size: large, pairs: 40, control: true },
      { peer: 'onnxruntime-node', size: small, pairs: 100, control: false },
    ],
    wasm: [{ peer: 'tf.layers on wasm', size: small, pairs: 60, control: true }],
  },
  'gpu.js': {
    wasm: [{ peer: 'naive gpu.js, webasm', size: small, pairs: 10, control: true }],
    js: [{ peer: 'naive gpu.js, cpu', size: small, pairs: 5, control: false }],
  },
};

/** A device without a peer stands beside `yardstick`, another device of Strata. */
export function comparisonsOf(library: string, device: string, yardstick: string): readonly PeerComparison[] {
  return comparisons[library]?.[device] ?? [{ peer: yardstick, size: small, pairs: 5, control: false }];
}
