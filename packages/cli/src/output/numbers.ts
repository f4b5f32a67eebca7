/** `5,977,530`, the same in every locale. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A share of one as `93.5 %`. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Milliseconds to three digits, or whole ones. */
export function formatMs(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`;
}
