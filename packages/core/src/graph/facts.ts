import type { Activated, Along, Commutes, Identity, Sign } from '../ops/op-spec.js';
import { type ComputeKind, type KindWith, type OpKind, opTable } from '../ops/op-table.js';
import type { Node, NodeOf } from './graph.js';

/** Whether a node computes something: no input, no parameter. */
export function isComputed(node: Node): node is NodeOf<ComputeKind> {
  return node.op !== 'input' && node.op !== 'parameter';
}

/** Whether a relu behind the node may become its attribute `activation`. */
export function takesActivation(node: Node): node is NodeOf<KindWith<Activated>> {
  return opTable[node.op].takesActivation;
}

/** Whether the node works along an axis that its attributes name. */
export function hasAxis(node: Node): node is NodeOf<KindWith<Along>> {
  return opTable[node.op].hasAxis;
}

/** What is known of the sign of the node's value, its fused activation included. */
export function signOf(node: Node): Sign {
  if (takesActivation(node) && node.attributes.activation === 'relu') return 'notNegative';
  return signBefore(node);
}

function signBefore<K extends OpKind>({ op, attributes }: NodeOf<K>): Sign {
  return opTable[op].sign(attributes);
}

/** When the node gives its first input back. */
export function identityOf<K extends OpKind>({ op, attributes }: NodeOf<K>): Identity {
  return opTable[op].identity(attributes);
}

/** Whether what is done to each channel before the node may be done behind it. */
export function commutesOf<K extends OpKind>({ op, attributes }: NodeOf<K>): Commutes {
  return opTable[op].commutes(attributes);
}
