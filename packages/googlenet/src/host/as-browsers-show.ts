import type { Pixels } from './types.js';

/**
 * What browsers do beyond libvips: a GIF's first frame may be smaller than the picture, and leaves the rest transparent;
 * a PNG without a profile may name its gamma. Changes the pixels in place.
 */
export function showAsBrowsers(pixels: Pixels, file: Uint8Array, format: string | undefined): Pixels {
  if (format === 'gif') clearAround(pixels, file);
  if (format === 'png') applyGamma(pixels, file);
  return pixels;
}

function clearAround({ data, width, height }: Pixels, file: Uint8Array): void {
  const view = viewOf(file);
  const frame = findFirstFrame(view);
  if (frame === undefined) return;
  const [left, top, columns, rows] = [1, 3, 5, 7].map((offset) => view.getUint16(frame + offset, true));
  if (columns >= width && rows >= height) return;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInside = x >= left && x < left + columns && y >= top && y < top + rows;
      if (!isInside) data.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 4);
    }
  }
}

/** Where the first image descriptor of a GIF starts (GIF89a, sections 18 to 26). */
function findFirstFrame(view: DataView): number | undefined {
  const flags = view.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  // Extensions: a mark, a label, and blocks of data that each say how long they are, the last one 0.
  while (at + 10 <= view.byteLength && view.getUint8(at) === 0x21) {
    at += 2;
    while (at < view.byteLength && view.getUint8(at) > 0) at += 1 + view.getUint8(at);
    at++;
  }
  return at + 10 <= view.byteLength && view.getUint8(at) === 0x2c ? at : undefined;
}

function applyGamma({ data }: Pixels, file: Uint8Array): void {
  const gamma = findGamma(file);
  // Browsers take what is near sRGB for sRGB.
  if (gamma === undefined || Math.abs(gamma * 2.2 - 1) < 0.05) return;
  const shown = Uint8Array.from({ length: 256 }, (_, value) => Math.round(255 * encode((value / 255) ** (1 / gamma))));
  for (let i = 0; i < data.length; i += 4) {
    for (let channel = 0; channel < 3; channel++) data[i + channel] = shown[data[i + channel]];
  }
}

/** Linear light to sRGB, both in [0, 1]. */
function encode(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** The number in a PNG's `gAMA` chunk, before its first pixels and where no profile says more. */
function findGamma(file: Uint8Array): number | undefined {
  const view = viewOf(file);
  let gamma: number | undefined;
  for (let at = 8; at + 12 <= file.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (type === 'iCCP' || type === 'sRGB' || type === 'cICP') return undefined;
    if (type === 'gAMA') gamma = view.getUint32(at + 8) / 100_000;
    if (type === 'IDAT') break;
  }
  return gamma === 0 ? undefined : gamma;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
