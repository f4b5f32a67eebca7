import { StrataError, UnsupportedError } from '@strata/core';

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
  const { summary } = error;
  // The row names the node already.
  const own = [`${name}: `, `${name} (${op}): `].find((start) => summary.startsWith(start)) ?? '';
  return { name, op, reason: summary.slice(own.length) };
}

/** One error for all of them. */
export function refuseAll(refusals: readonly Refusal[], where: string): UnsupportedError {
  const [{ name, op, reason }] = refusals;
  if (refusals.length === 1) {
    return new UnsupportedError({ where, got: `${onOneLine(name)} (${onOneLine(op)}): ${onOneLine(reason, 200)}` });
  }
  const rows = refusals.map((one) => [onOneLine(one.name), onOneLine(one.op), onOneLine(one.reason, 200)]);
  return new UnsupportedError({
    where,
    got: `${refusals.length} nodes that cannot be taken`,
    want: 'nodes that layers stand for',
    table: { columns: ['name', 'operator', 'reason'], rows },
  });
}

/** Names in a file may be of any length and have any characters. */
function onOneLine(text: string, most = 60): string {
  const short = text.length > most ? `${text.slice(0, most)}…` : text;
  return short.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
