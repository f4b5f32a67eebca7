import type { OnnxNode } from './types.js';

/** Whether the node has an input at a position. */
export function hasInput({ inputs }: OnnxNode, position: number): boolean {
  return (inputs[position] ?? '') !== '';
}
