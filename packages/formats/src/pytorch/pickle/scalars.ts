import { costs, type Machine } from './machine.js';
import type { Operation } from './operation.js';

/** A whole number of more bytes is no size, step or seed. */
const longestInteger = 1024;

/** Opcodes of numbers, texts and bytes. */
export const scalarOperations: readonly (readonly [code: number, operation: Operation])[] = [
  // NONE, NEWTRUE, NEWFALSE
  [0x4e, (machine) => machine.push(null)],
  [0x88, (machine) => machine.push(true)],
  [0x89, (machine) => machine.push(false)],
  // BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT
  [0x4a, (machine) => machine.push(machine.cursor.int32())],
  [0x4b, (machine) => machine.push(machine.cursor.uint8())],
  [0x4d, (machine) => machine.push(machine.cursor.uint16())],
  [0x8a, (machine) => pushInteger(machine, machine.cursor.uint8())],
  [0x8b, (machine) => pushInteger(machine, machine.cursor.uint32())],
  [0x47, (machine) => machine.push(machine.cursor.float64())],
  // SHORT_BINUNICODE, BINUNICODE, BINUNICODE8
  [0x8c, (machine) => pushText(machine, machine.cursor.uint8())],
  [0x58, (machine) => pushText(machine, machine.cursor.uint32())],
  [0x8d, (machine) => pushText(machine, machine.cursor.uint64())],
  // SHORT_BINSTRING, BINSTRING: texts of Python 2.
  [0x55, (machine) => pushText(machine, machine.cursor.uint8())],
  [0x54, (machine) => pushText(machine, machine.cursor.uint32())],
  // SHORT_BINBYTES, BINBYTES, BINBYTES8, BYTEARRAY8
  [0x43, (machine) => pushBytes(machine, machine.cursor.uint8())],
  [0x42, (machine) => pushBytes(machine, machine.cursor.uint32())],
  [0x8e, (machine) => pushBytes(machine, machine.cursor.uint64())],
  [0x96, (machine) => pushBytes(machine, machine.cursor.uint64())],
];

function pushText(machine: Machine, length: number): void {
  const text = machine.cursor.text(length);
  machine.spend(costs.text + text.length);
  machine.push(text);
}

/** No weights are in Python's bytes: they are passed over. */
function pushBytes(machine: Machine, length: number): void {
  machine.cursor.take(length);
  machine.push(passedOver);
}

const passedOver = { kind: 'inert', name: 'bytes' } as const;

/** A whole number of any length, in two's complement, the lowest byte first. */
function pushInteger(machine: Machine, length: number): void {
  if (length > longestInteger)
    throw machine.cursor.fault(`a whole number of ${length} bytes`, `at most ${longestInteger}`);
  machine.spend(costs.text + length);
  const digits = Array.from(machine.cursor.take(length), (byte) => byte.toString(16).padStart(2, '0'));
  const value = BigInt.asIntN(8 * length, BigInt(`0x0${digits.reverse().join('')}`));
  machine.push(
    BigInt(Number.MIN_SAFE_INTEGER) <= value && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value,
  );
}
