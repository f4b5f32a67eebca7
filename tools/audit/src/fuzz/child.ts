import { InputError } from '@strata/core';
import { judge, type Verdict } from './judge.js';
import { makeCase } from './make-case.js';
import { isSubjectName, subjects } from './subjects/index.js';

/** What a child says: which file it begins, or what came of one that was not simply read or refused. */
export type Message =
  | { readonly kind: 'begin'; readonly index: number }
  | { readonly kind: 'done'; readonly index: number; readonly bytes: number; readonly verdict: Verdict };

/** `node --expose-gc child.js READER SEED FIRST END`: judges files FIRST to END of a run, one after the other. */
const [, , name, seed, first, end] = process.argv;
if (!isSubjectName(name)) {
  throw new InputError({ where: 'fuzz', got: `reader ${name}`, want: Object.keys(subjects).join(', ') });
}
/** Waits until it is said: what is only queued would not be known if the file then hangs. */
const say = (message: Message) => new Promise((resolve) => process.send?.(message, resolve));
const subject = subjects[name];
// Code that was never run, and tables that are made at first, are no file's memory.
for (const file of [...subject.seeds(), ...(subject.fixtures?.() ?? [])]) await judge(subject, file);
for (let index = Number(first); index < Number(end); index++) {
  const bytes = makeCase(name, Number(seed), index);
  await say({ kind: 'begin', index });
  if (index === Number(first)) globalThis.gc?.();
  const verdict = await judge(subject, bytes);
  await say({ kind: 'done', index, bytes: bytes.length, verdict });
}
