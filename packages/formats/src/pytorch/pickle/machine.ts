import type { Cursor } from './cursor.js';
import type { Global, Value } from './values.js';

/** What the machine asks of whoever runs it. Each throws for what it does not know. */
export interface Host {
  /** What stands for a class or function, by its dotted name; a thing of which no more than the name is known. */
  find(name: string): Global;
  /** What calling it gives. */
  call(callee: Global, args: readonly Value[]): Value;
  /** What is kept outside of the pickle: a storage. */
  load(id: Value): Value;
}

/** What each thing that a pickle makes costs here, in bytes, more or less. */
export const costs = { container: 200, item: 24, entry: 100, text: 24, remembered: 50 } as const;

/** More than any pickle has open at once. */
const mostOpen = 100_000;

/** What a pickle may cost in a file of so many bytes. Without a limit, a file of a byte for each list costs 200 times it. */
export function budgetFor(fileBytes: number): number {
  return 40 * 2 ** 20 + 2 * fileBytes;
}

/**
 * Python's pickle machine, protocols 2 to 5, for plain data: a stack, marks in it, and a memo. It runs no code, calls
 * nothing but its host, recurses nowhere, and counts what it makes, so that any bytes end soon, with a value or a
 * `WeightsError`. `runMachine` runs it.
 *
 * Opcodes: https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
export class Machine {
  readonly cursor: Cursor;
  readonly host: Host;
  readonly memo = new Map<number, Value>();
  readonly #stack: Value[] = [];
  readonly #marks: number[] = [];
  #budget: number;

  constructor(cursor: Cursor, host: Host, budget: number) {
    this.cursor = cursor;
    this.host = host;
    this.#budget = budget;
  }

  push(value: Value): void {
    this.#stack.push(value);
    this.#checkDepth();
  }

  pop(): Value {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  top(): Value {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.at(-1) : undefined;
    if (value === undefined) throw this.cursor.fault('an opcode that needs a value', 'one on the stack');
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
    this.#checkDepth();
  }

  /** Takes what was pushed since the last mark, and the mark. */
  popMark(): Value[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.cursor.fault('an opcode that needs a mark', 'one on the stack');
    return this.#stack.splice(mark);
  }

  /** Whether the last mark has nothing on it. */
  isAtMark(): boolean {
    return this.#marks.at(-1) === this.#stack.length;
  }

  /** Puts the top into the memo. */
  remember(key: number): void {
    this.spend(costs.remembered);
    this.memo.set(key, this.top());
  }

  /** Pushes a container with so many items. */
  make(value: Value, items = 0): void {
    this.spend(costs.container + items * costs.item);
    this.push(value);
  }

  /** Counts what is made. */
  spend(bytes: number): void {
    this.#budget -= bytes;
    if (this.#budget < 0) throw this.#tooMuch('things');
  }

  #checkDepth(): void {
    if (this.#stack.length + this.#marks.length > mostOpen) throw this.#tooMuch('open things');
  }

  #tooMuch(what: string): Error {
    return this.cursor.fault(`a pickle of too many ${what}`, 'what a file of this size may hold');
  }
}
