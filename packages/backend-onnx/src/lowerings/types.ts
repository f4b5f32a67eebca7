import type { ComputeKind, NodeOf } from '@strata/core';
import type { Emitter } from '../model/emitter.js';

/** Emits ONNX nodes that compute `node`; the last one's output has the node's name. */
export type Lowering<K extends ComputeKind> = (node: NodeOf<K>, emitter: Emitter) => void;
