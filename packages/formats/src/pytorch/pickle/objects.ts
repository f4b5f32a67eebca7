import type { Machine } from './machine.js';
import type { Operation } from './operation.js';
import { describe, isDict, isGlobal, isTuple, type Value } from './values.js';

/** Opcodes of classes, functions and their results. None is ever called: the host says what stands for them. */
export const objectOperations: readonly (readonly [code: number, operation: Operation])[] = [
  // GLOBAL: module and name, a line each.
  [
    0x63,
    (machine) => {
      const module = machine.cursor.line();
      pushGlobal(machine, module, machine.cursor.line());
    },
  ],
  // STACK_GLOBAL
  [
    0x93,
    (machine) => {
      const name = machine.pop();
      pushGlobal(machine, machine.pop(), name);
    },
  ],
  // REDUCE, NEWOBJ
  [0x52, (machine) => call(machine, machine.pop())],
  [0x81, (machine) => call(machine, machine.pop())],
  // NEWOBJ_EX: with named arguments, which nothing here takes.
  [
    0x92,
    (machine) => {
      const named = machine.pop();
      if (!isDict(named) || named.entries.size > 0) throw machine.cursor.fault('an object with named arguments');
      call(machine, machine.pop());
    },
  ],
  // BUILD: attributes, which no tensor or dictionary needs.
  [
    0x62,
    (machine) => {
      const state = machine.pop();
      const built = machine.top();
      // Before torch 0.2 a tensor's storage came so.
      if (typeof built === 'object' && built?.kind === 'tensor' && !isDict(state)) {
        throw machine.cursor.fault(`${describe(state)} as the attributes of a tensor`, 'a dictionary');
      }
      if (typeof built === 'object' && built !== null && attributed.includes(built.kind)) return;
      throw machine.cursor.fault(`attributes for ${describe(built)}`, 'a tensor, a dictionary or an object');
    },
  ],
  // BINPERSID
  [0x51, (machine) => machine.make(machine.host.load(machine.pop()))],
];

/** What may have attributes. */
const attributed: readonly string[] = ['tensor', 'dict', 'inert'];

/** The modules of Python 2 that have other names today. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
  ['copy_reg', 'copyreg'],
]);

function pushGlobal(machine: Machine, module: Value, name: Value): void {
  if (typeof module !== 'string' || typeof name !== 'string') throw machine.cursor.fault('a class without a name');
  machine.push(machine.host.find(`${renamed.get(module) ?? module}.${name}`));
}

function call(machine: Machine, args: Value): void {
  const callee = machine.pop();
  if (!isTuple(args)) throw machine.cursor.fault(`${describe(args)} as arguments`, 'a tuple');
  if (!isGlobal(callee)) throw machine.cursor.fault(`a call of ${describe(callee)}`, 'a class or function');
  machine.make(machine.host.call(callee, args.items));
}
