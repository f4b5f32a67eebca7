import { InputError } from '@strata/core';
import { loadPixels, type Pixels } from '@strata/googlenet';
import type { Io } from '../io.js';

/** The name of a picture that comes from standard input. */
export const standardInput = '-';

/** How messages name a picture. */
export function nameOf(image: string): string {
  return image === standardInput ? 'standard input' : image;
}

/** The pixels of a picture file, a URL, or standard input. `InputError` says what is wrong with it. */
export async function readPicture(image: string, { stdin }: Pick<Io, 'stdin'>): Promise<Pixels> {
  if (image !== standardInput) return loadPixels(image);
  const where = nameOf(image);
  const chunks: Buffer[] = [];
  for await (const chunk of stdin ?? []) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) throw new InputError({ where, got: 'nothing', want: 'a picture file' });
  return loadPixels(bytes, { where });
}
