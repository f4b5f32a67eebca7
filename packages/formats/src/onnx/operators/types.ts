import type { ComputeKind, NodeOf } from '@strata/core';
import type { Emitter } from '../encoding/emitter.js';

/** Emits ONNX nodes that compute `node`; the last one's output has the node's name. */
export type Operator<K extends ComputeKind> = (node: NodeOf<K>, emitter: Emitter) => void;

/** How each op becomes ONNX. A kind without an entry does not compile. */
export type OperatorTable = { readonly [K in ComputeKind]: Operator<K> };
