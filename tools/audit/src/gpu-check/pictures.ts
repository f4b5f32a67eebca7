import { readFile } from 'node:fs/promises';
import { type Backend, InputError } from '@strata/core';
import { loadGoogLeNet, type Pixels } from '@strata/googlenet';
import type { PicturesResult } from './result.js';

/** A sample, decoded where the archive was packed: what decodes pictures is not in it. */
export interface SamplePicture {
  readonly label: string;
  readonly pixels: Pixels;
}

/** Reads `[{ label, width, height, rgba }]`, rgba in base64. Throws `InputError` for anything else. */
export async function readPictures(path: string): Promise<SamplePicture[]> {
  const list: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(list)) throw new InputError({ where: path, got: typeof list, want: 'a list of pictures' });
  return list.map((entry: unknown, index) => {
    if (!isEncoded(entry)) throw new InputError({ where: `${path}: picture ${index}`, got: 'other fields' });
    const { label, width, height, rgba } = entry;
    return { label, pixels: { width, height, data: new Uint8ClampedArray(Buffer.from(rgba, 'base64')) } };
  });
}

interface EncodedPicture {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly rgba: string;
}

function isEncoded(entry: unknown): entry is EncodedPicture {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    ['label', 'rgba'].every((key) => typeof Reflect.get(entry, key) === 'string') &&
    ['width', 'height'].every((key) => typeof Reflect.get(entry, key) === 'number')
  );
}

/** Classifies the samples with the shipped weights. */
export async function checkPictures(backend: Backend, samples: readonly SamplePicture[]): Promise<PicturesResult> {
  const net = await loadGoogLeNet({ backend });
  try {
    const wrong: string[] = [];
    for (const { label, pixels } of samples) {
      const [best] = await net.classify(pixels, { top: 1 });
      if (best.label !== label) wrong.push(`${label}: got ${best.label}`);
    }
    return { right: samples.length - wrong.length, wrong };
  } finally {
    await net.dispose();
  }
}
