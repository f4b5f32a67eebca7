import { type Complaint, InputError, type StrataError } from './errors.js';
import { describeValue, tagOf } from './tags.js';

/** Throws for what is no plain object of values by name: a Map, for example, has no keys that `Object.keys` sees. */
export function refuseOtherThanRecord(
  value: unknown,
  where: string,
  want: string,
  Failure: new (complaint: Complaint) => StrataError = InputError,
): void {
  if (typeof value === 'object' && value !== null && tagOf(value) === 'Object') return;
  const hint = tagOf(value) === 'Map' ? { hint: 'Object.fromEntries(map) makes an object of a Map' } : {};
  throw new Failure({ where, got: describeValue(value), want, ...hint });
}

/**
 * The record's own value of that key. Keys are a user's text: of a plain object, `record['constructor']` is a function
 * that nobody put there. To make a record, use `Object.fromEntries`: `record['__proto__'] = value` stores nothing.
 */
export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A property of anything; `undefined` where there is none. */
export function propertyOf(value: unknown, key: string): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined;
  return Reflect.get(value, key);
}
