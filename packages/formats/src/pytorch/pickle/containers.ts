import { costs, type Machine } from './machine.js';
import type { Operation } from './operation.js';
import { isDict, isList, type Value } from './values.js';

/** Opcodes of tuples, lists, dictionaries and sets. */
export const containerOperations: readonly (readonly [code: number, operation: Operation])[] = [
  // EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3
  [0x29, (machine) => machine.push(emptyTuple)],
  [0x74, (machine) => makeTuple(machine, machine.popMark())],
  [0x85, (machine) => makeTuple(machine, take(machine, 1))],
  [0x86, (machine) => makeTuple(machine, take(machine, 2))],
  [0x87, (machine) => makeTuple(machine, take(machine, 3))],
  // EMPTY_LIST, LIST
  [0x5d, (machine) => machine.make({ kind: 'list', items: [] })],
  [
    0x6c,
    (machine) => {
      const items = machine.popMark();
      machine.make({ kind: 'list', items }, items.length);
    },
  ],
  // APPEND, APPENDS
  [0x61, (machine) => append(machine, [machine.pop()])],
  [0x65, (machine) => append(machine, machine.popMark())],
  // EMPTY_DICT, DICT
  [0x7d, (machine) => machine.make({ kind: 'dict', entries: new Map() })],
  [
    0x64,
    (machine) => {
      const items = machine.popMark();
      machine.make({ kind: 'dict', entries: new Map() });
      setItems(machine, items);
    },
  ],
  // SETITEM, SETITEMS
  [
    0x73,
    (machine) => {
      const value = machine.pop();
      setItems(machine, [machine.pop(), value]);
    },
  ],
  [0x75, (machine) => setItems(machine, machine.popMark())],
  // EMPTY_SET, ADDITEMS, FROZENSET
  [0x8f, (machine) => machine.push(set)],
  [0x90, (machine) => void machine.popMark()],
  [
    0x91,
    (machine) => {
      machine.popMark();
      machine.push(set);
    },
  ],
];

const emptyTuple = { kind: 'tuple', items: [] } as const;
const set = { kind: 'inert', name: 'builtins.set' } as const;

function take(machine: Machine, count: number): Value[] {
  const items: Value[] = [];
  for (let left = count; left > 0; left--) items.unshift(machine.pop());
  return items;
}

function makeTuple(machine: Machine, items: readonly Value[]): void {
  machine.make({ kind: 'tuple', items }, items.length);
}

function append(machine: Machine, items: readonly Value[]): void {
  const list = machine.top();
  if (!isList(list)) throw machine.cursor.fault('items for what is no list');
  machine.spend(items.length * costs.item);
  for (const item of items) list.items.push(item);
}

/** Keys and values in turn. */
function setItems(machine: Machine, items: readonly Value[]): void {
  const dict = machine.top();
  if (!isDict(dict)) throw machine.cursor.fault('entries for what is no dictionary');
  if (items.length % 2 !== 0) throw machine.cursor.fault('a key without a value');
  machine.spend((items.length / 2) * costs.entry);
  for (let at = 0; at < items.length; at += 2) dict.entries.set(items[at], items[at + 1]);
}
