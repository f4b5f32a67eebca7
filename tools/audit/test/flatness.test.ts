import { describe, expect, it } from 'vitest';
import { judgeFlatness, judgeWindows } from '../src/memory/flatness.js';

const mega = 2 ** 20;
const steps = (sizeAt: (step: number) => number) => Array.from({ length: 100 }, (_, step) => sizeAt(step));

describe('judgeFlatness', () => {
  it('calls a series flat whose warm-up ends within the first tenth', () => {
    expect(judgeFlatness(steps((step) => (step < 10 ? step * 50 * mega : 500 * mega)))).toEqual({
      flat: true,
      earlyBytes: 500 * mega,
      lateBytes: 500 * mega,
      growthBytes: 0,
    });
  });

  it('finds a leak of an eighth of a MB a step', () => {
    const { flat, growthBytes } = judgeFlatness(steps((step) => (step * mega) / 8));
    expect(flat).toBe(false);
    expect(growthBytes).toBe(10 * mega);
  });

  it('takes the median: one outlier is not a leak', () => {
    expect(judgeFlatness(steps((step) => (step === 99 ? 900 * mega : 100 * mega))).flat).toBe(true);
  });

  it('refuses a series too short to judge', () => {
    expect(() => judgeFlatness([1, 2, 3])).toThrow('3 samples, want at least 20');
  });
});

describe('judgeWindows', () => {
  /** Windows of 200 steps of one long series. */
  const judge = (sizeAt: (step: number) => number) => {
    let step = 0;
    return judgeWindows(async () => Array.from({ length: 200 }, () => sizeAt(step++)));
  };
  /** What V8 and a memory allocator do from one step to the next, ± 6 MB. */
  const noise = (step: number) => 6 * mega * Math.sin(step * 12.9898);

  it('stops after the first window where that is flat', async () => {
    expect(await judge((step) => 100 * mega + noise(step))).toMatchObject({ flat: true, windows: 1 });
  });

  it('finds a leak of 100 kB a step, in every window', async () => {
    const leak = await judge((step) => 100 * mega + step * 100_000 + noise(step));
    expect(leak).toMatchObject({ flat: false, windows: 4 });
    expect(leak.growthBytes).toBeGreaterThan(12 * mega);
  });

  it.each([
    { what: 'a heap that finds its size', sizeAt: (step: number) => 180 - 80 * Math.exp(-step / 120), windows: 2 },
    {
      what: 'jumps that come to an end',
      sizeAt: (step: number) => 100 + 19 * Math.min(2, Math.floor(step / 150)),
      windows: 3,
    },
  ])('lets pass $what', async ({ sizeAt, windows }) => {
    expect(await judge((step) => sizeAt(step) * mega + noise(step))).toMatchObject({ flat: true, windows });
  });

  it('finds a leak that a warm-up hides at first', async () => {
    const result = await judge((step) => (180 - 80 * Math.exp(-step / 120)) * mega + step * 100_000);
    expect(result).toMatchObject({ flat: false, windows: 4 });
  });
});
