/** The value that the share `part` of all values lies below. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(Math.floor(part * sorted.length), sorted.length - 1)];
}

/** 1.4826 × the median distance from the median: a standard deviation that a few wild values do not move. */
export function spread(values: readonly number[]): number {
  const centre = quantile(values, 0.5);
  return (
    1.4826 *
    quantile(
      values.map((value) => Math.abs(value - centre)),
      0.5,
    )
  );
}
