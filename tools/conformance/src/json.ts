import { InputError } from '@strata/core';

/** Reads parsed JSON whose form is not known: each function returns what it names or throws `InputError`. */

export function readRecord(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw wrong(value, where, 'an object');
}

export function readArray(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(value, where, 'an array');
}

export function readText(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw wrong(value, where, 'a text');
}

export function readNumber(value: unknown, where: string): number {
  if (typeof value === 'number') return value;
  throw wrong(value, where, 'a number');
}

export function readFlag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw wrong(value, where, 'true or false');
}

export function readNumbers(value: unknown, where: string): number[] {
  return readArray(value, where).map((item) => readNumber(item, where));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(value: unknown, where: string, want: string): InputError {
  return new InputError({ where, got: value === null ? 'null' : typeof value, want });
}
