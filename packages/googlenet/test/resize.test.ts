import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { resizeAntialiased, resizeArea, resizeBilinear } from '../src/preprocess/resize.js';
import { garmentBytes } from './first8.js';

function row(...values: number[]) {
  return { data: Float32Array.from(values), width: values.length, height: 1 };
}

describe('resizeBilinear', () => {
  it("is PyTorch's align_corners=False, by hand", () => {
    expect([...resizeBilinear(row(0, 1), 4, 1).data]).toEqual([0, 0.25, 0.75, 1]);
    // Centres at (i + 0.5)·3/5 − 0.5 = −0.2, 0.4, 1, 1.6, 2.2.
    const values = [...resizeBilinear(row(10, 20, 40), 5, 1).data];
    for (const [index, want] of [10, 14, 20, 32, 40].entries()) expect(values[index]).toBeCloseTo(want, 5);
    // Two neighbours even when it shrinks: centres at 0.5 and 2.5 of four.
    expect([...resizeBilinear(row(0, 1, 2, 30), 2, 1).data]).toEqual([0.5, 16]);
  });

  it('treats rows as it treats columns', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        size,
        fc.infiniteStream(fc.float({ min: 0, max: 255, noNaN: true })),
        (w, h, x, y, s) => {
          const data = Float32Array.from({ length: w * h }, () => s.next().value ?? 0);
          const turned = data.map((_, i) => data[(i % h) * w + Math.floor(i / h)]);
          const straight = resizeBilinear({ data, width: w, height: h }, x, y);
          const crossed = resizeBilinear({ data: turned, width: h, height: w }, y, x);
          for (let i = 0; i < x * y; i++) {
            expect(straight.data[i]).toBeCloseTo(crossed.data[(i % x) * y + Math.floor(i / x)], 3);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("differs from every kernel of sharp's own resize", async () => {
    const bytes = garmentBytes(2);
    const ours = resizeBilinear({ data: Float32Array.from(bytes), width: 28, height: 28 }, 96, 96).data;
    const worst: Record<string, number> = {};
    for (const kernel of ['linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos3'] as const) {
      const theirs = await sharp(Buffer.from(bytes), { raw: { width: 28, height: 28, channels: 1 } })
        .resize(96, 96, { kernel })
        .toColourspace('b-w')
        .raw()
        .toBuffer();
      expect(theirs.length).toBe(ours.length);
      worst[kernel] = Math.max(...ours.map((value, i) => Math.abs(value - theirs[i])));
    }
    // Rounding to 8 bits alone makes half a level.
    for (const difference of Object.values(worst)) expect(difference).toBeGreaterThan(1);
    console.log("sharp's resize against ours, largest difference of 255 levels:", worst);
  });
});

describe('resizeArea', () => {
  it('is the mean of what each pixel covers', () => {
    expect([...resizeArea(row(0, 1, 2, 3), 2, 1).data]).toEqual([0.5, 2.5]);
    const values = [...resizeArea(row(0, 3, 9), 2, 1).data];
    expect(values[0]).toBeCloseTo((0 + 3 * 0.5) / 1.5, 6);
    expect(values[1]).toBeCloseTo((3 * 0.5 + 9) / 1.5, 6);
  });

  it('keeps the mean', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (values, to) => {
          const mean = (list: Iterable<number>) =>
            [...list].reduce((sum, value, _, { length }) => sum + value / length, 0);
          expect(mean(resizeArea(row(...values), to, 1).data)).toBeCloseTo(mean(values), 2);
        },
      ),
    );
  });
});

describe('resizeAntialiased', () => {
  it("is Pillow's BILINEAR, by hand", () => {
    // 4 → 2: centres at 1 and 3, triangle 2 wide each way: weights ∝ 0.75, 0.75, 0.25 on pixels 0, 1, 2 and mirrored.
    const values = [...resizeAntialiased(row(0, 70, 140, 7), 2, 1).data];
    expect(values[0]).toBeCloseTo((0.75 * 70 + 0.25 * 140) / 1.75, 4);
    expect(values[1]).toBeCloseTo((0.25 * 70 + 0.75 * 140 + 0.75 * 7) / 1.75, 4);
  });

  it('enlarges as the plain one does inside', () => {
    const plain = resizeBilinear(row(1, 5, 2, 8), 8, 1).data;
    const antialiased = resizeAntialiased(row(1, 5, 2, 8), 8, 1).data;
    for (let i = 1; i < 7; i++) expect(antialiased[i]).toBeCloseTo(plain[i], 5);
  });
});
