/** How far the resident size may rise and still be called flat, in bytes. */
export const flatLimitBytes = 8 * 2 ** 20;

/** How many windows are looked at before growth is called a leak. */
const MAX_WINDOWS = 4;

/** Whether memory stayed flat over a series of equal steps. */
export interface Flatness {
  readonly flat: boolean;
  /** Median resident size after the second tenth of the steps (the first tenth warms up). */
  readonly earlyBytes: number;
  /** The same after the last tenth. */
  readonly lateBytes: number;
  readonly growthBytes: number;
}

/** The last window that was looked at. */
export interface WindowedFlatness extends Flatness {
  /** Windows that it took, the last one included. */
  readonly windows: number;
}

/**
 * Judges resident sizes, one after each step: the median of the last tenth may exceed that of the second tenth by less
 * than 8 MB. Throws `RangeError` for fewer than 20 samples.
 */
export function judgeFlatness(residentBytes: readonly number[]): Flatness {
  const tenth = Math.floor(residentBytes.length / 10);
  if (tenth < 2) throw new RangeError(`${residentBytes.length} samples, want at least 20`);
  const earlyBytes = median(residentBytes.slice(tenth, 2 * tenth));
  const lateBytes = median(residentBytes.slice(-tenth));
  const growthBytes = lateBytes - earlyBytes;
  return { flat: growthBytes < flatLimitBytes, earlyBytes, lateBytes, growthBytes };
}

/**
 * Judges one window of steps after another until one is flat. A leak grows with the number of steps, so every window
 * shows it; growth that happens once (code that gets hot, a heap that reaches its size) stops.
 */
export async function judgeWindows(takeWindow: () => Promise<readonly number[]>): Promise<WindowedFlatness> {
  for (let windows = 1; ; windows++) {
    const flatness = judgeFlatness(await takeWindow());
    if (flatness.flat || windows === MAX_WINDOWS) return { ...flatness, windows };
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
