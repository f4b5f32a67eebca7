import sharp from 'sharp';
import type { Pixels } from '../../src/index.js';

/** Where in the file the pixel is that is seen at x and y, by EXIF's orientation. */
function seenAt(orientation: number, size: { width: number; height: number }, x: number, y: number): [number, number] {
  const [u, v] = orientation > 4 ? [y, x] : [x, y];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  return [fromRight ? size.width - 1 - u : u, fromBottom ? size.height - 1 - v : v];
}

/** What is seen of a file's pixels; a grey one shows its red, and one without opacity hides none. */
export function turn(
  file: Pixels,
  orientation: number,
  shows: { readonly grey: boolean; readonly opacity: boolean },
): Pixels {
  const { width: fileWidth, height: fileHeight } = file;
  const [width, height] = orientation > 4 ? [fileHeight, fileWidth] : [fileWidth, fileHeight];
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [u, v] = seenAt(orientation, file, i % width, Math.floor(i / width));
    const [red, green, blue, alpha] = file.data.subarray(4 * (v * fileWidth + u));
    data.set([red, ...(shows.grey ? [red, red] : [green, blue]), shows.opacity ? alpha : 255], 4 * i);
  }
  return { data, width, height };
}

/** A PNG of the pixels, of as many channels as it shows. */
export async function encodePng(
  { data, width, height }: Pixels,
  orientation: number,
  { grey, opacity }: { readonly grey: boolean; readonly opacity: boolean },
): Promise<Uint8Array> {
  const channels = [0, ...(grey ? [] : [1, 2]), ...(opacity ? [3] : [])];
  const kept = Uint8Array.from({ length: channels.length * width * height }, (_, i) => {
    return data[4 * Math.floor(i / channels.length) + channels[i % channels.length]];
  });
  const count = ([1, 2, 3, 4] as const)[channels.length - 1];
  const image = sharp(kept, { raw: { width, height, channels: count } }).toColourspace(grey ? 'b-w' : 'srgb');
  return image.withMetadata({ orientation }).png({ compressionLevel: 1 }).toBuffer();
}
