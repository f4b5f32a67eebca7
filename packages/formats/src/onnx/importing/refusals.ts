import { messageOf, printable, StrataError, UnsupportedError } from '@strata/core';

/** A part of the file that cannot be taken. */
export interface Refusal {
  /** A node's name, or an input's or output's. */
  readonly name: string;
  readonly op: string;
  readonly reason: string;
}

/** Why a node cannot be taken, where that is an error of ours; all else is thrown again. */
export function refusalOf({ name, op }: { readonly name: string; readonly op: string }, error: unknown): Refusal {
  if (!(error instanceof StrataError)) throw error;
  const [text] = messageOf(error).split('\n');
  // The row names the node already.
  const own = [`${name}: `, `${name} (${op}): `].find((start) => text.startsWith(start)) ?? '';
  return { name, op, reason: text.slice(own.length) };
}

/** One error for all of them. */
export function refuseAll(refusals: readonly Refusal[], where: string): UnsupportedError {
  const [{ name, op, reason }] = refusals;
  if (refusals.length === 1) return new UnsupportedError({ where, got: `${printable(name)} (${op}): ${reason}` });
  const rows = refusals.map((one) => [printable(one.name), printable(one.op), onOneLine(one.reason)]);
  return new UnsupportedError({
    where,
    got: `${refusals.length} nodes that cannot be taken`,
    want: 'nodes that layers stand for',
    table: { columns: ['name', 'operator', 'reason'], rows },
  });
}

function onOneLine(text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return short.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
