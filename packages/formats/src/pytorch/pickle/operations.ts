import { containerOperations } from './containers.js';
import type { Machine } from './machine.js';
import { objectOperations } from './objects.js';
import type { Operation } from './operation.js';
import { scalarOperations } from './scalars.js';

const stackOperations: readonly (readonly [code: number, operation: Operation])[] = [
  // PROTO
  [
    0x80,
    ({ cursor }) => {
      const protocol = cursor.uint8();
      if (protocol < 2 || protocol > 5) throw cursor.fault(`protocol ${protocol}`, '2 to 5');
    },
  ],
  // FRAME: a length that only buffers need.
  [0x95, ({ cursor }) => void cursor.take(8)],
  // MARK
  [0x28, (machine) => machine.mark()],
  // POP
  [0x30, (machine) => (machine.isAtMark() ? void machine.popMark() : void machine.pop())],
  // POP_MARK
  [0x31, (machine) => void machine.popMark()],
  // DUP
  [0x32, (machine) => machine.push(machine.top())],
  // BINPUT, LONG_BINPUT, MEMOIZE
  [0x71, (machine) => machine.remember(machine.cursor.uint8())],
  [0x72, (machine) => machine.remember(machine.cursor.uint32())],
  [0x94, (machine) => machine.remember(machine.memo.size)],
  // BINGET, LONG_BINGET
  [0x68, (machine) => recall(machine, machine.cursor.uint8())],
  [0x6a, (machine) => recall(machine, machine.cursor.uint32())],
];

function recall(machine: Machine, key: number): void {
  const value = machine.memo.get(key);
  if (value === undefined) throw machine.cursor.fault(`memo ${key}`, 'one that was filled');
  machine.push(value);
}

const byCode = new Map([...stackOperations, ...scalarOperations, ...containerOperations, ...objectOperations]);

/** Each opcode's operation, by its byte. */
export const operations: readonly (Operation | undefined)[] = Array.from({ length: 256 }, (_, code) =>
  byCode.get(code),
);
