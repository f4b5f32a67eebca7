import { quoteName } from '../../quote-name.js';
import type { Storage } from '../storages.js';
import type { TensorView } from '../tensor-view.js';

/** What a pickle makes here: plain data, storages and tensors, and what is only known by name. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Tuple
  | List
  | Dict
  | Global
  | Inert
  | { readonly kind: 'storage'; readonly storage: Storage }
  | { readonly kind: 'tensor'; readonly view: TensorView };

export interface Tuple {
  readonly kind: 'tuple';
  readonly items: readonly Value[];
}

export interface List {
  readonly kind: 'list';
  readonly items: Value[];
}

/** A dictionary of any class: keys in the order in which they first came, the last value of each. */
export interface Dict {
  readonly kind: 'dict';
  readonly entries: Map<Value, Value>;
}

/** A class or function by its dotted name. It is never called: what stands for it is in `globals.ts`. */
export interface Global {
  readonly kind: 'global';
  readonly name: string;
}

/** A thing of a kind that no weights need: sets, bytes, devices, NumPy's scalars. Its content is not kept. */
export interface Inert {
  readonly kind: 'inert';
  readonly name: string;
}

export function isDict(value: Value | undefined): value is Dict {
  return typeof value === 'object' && value !== null && value.kind === 'dict';
}

export function isList(value: Value | undefined): value is List {
  return typeof value === 'object' && value !== null && value.kind === 'list';
}

export function isTuple(value: Value | undefined): value is Tuple {
  return typeof value === 'object' && value !== null && value.kind === 'tuple';
}

export function isGlobal(value: Value | undefined): value is Global {
  return typeof value === 'object' && value !== null && value.kind === 'global';
}

/** A value as messages call it. */
export function describe(value: Value | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'None';
  if (typeof value === 'string') return quoteName(value, 60);
  if (typeof value !== 'object') return String(value).slice(0, 60);
  return value.kind === 'global' || value.kind === 'inert' ? value.name : `a ${value.kind}`;
}
