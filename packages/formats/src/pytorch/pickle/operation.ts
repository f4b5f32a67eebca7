import type { Machine } from './machine.js';

/** What an opcode does; what follows it is read from the machine's cursor. */
export type Operation = (machine: Machine) => void;
