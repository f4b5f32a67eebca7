import type { Cursor } from './cursor.js';
import type { Value } from './values.js';

/** What calling a class or function gives, of its arguments. Nothing of Python's runs. */
export type Call = (args: readonly Value[], cursor: Cursor) => Value;
