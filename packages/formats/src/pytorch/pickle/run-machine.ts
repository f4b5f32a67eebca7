import type { Machine } from './machine.js';
import { operations } from './operations.js';
import type { Value } from './values.js';

/** The opcode that ends a pickle. */
const stop = 0x2e;

/** Runs to the pickle's end, which the machine's cursor then stands behind, and returns what it made. */
export function runMachine(machine: Machine): Value {
  const { cursor } = machine;
  for (;;) {
    const code = cursor.uint8();
    if (code === stop) return machine.pop();
    const operate = operations[code];
    if (operate === undefined) throw cursor.fault(`opcode 0x${code.toString(16)}`, 'one of protocols 2 to 5');
    operate(machine);
  }
}
