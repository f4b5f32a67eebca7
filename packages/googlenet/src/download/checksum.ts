import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** A checksum as it was published. */
export interface Digest {
  readonly algorithm: 'md5' | 'sha1' | 'sha256';
  /** In lower case. */
  readonly hex: string;
}

/** How messages name an algorithm. */
export const digestNames = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' } as const;

/** Of a file, in hex, read in pieces; `undefined` when it cannot be read. */
export async function checksumOfFile(path: string, algorithm: Digest['algorithm']): Promise<string | undefined> {
  const hash = createHash(algorithm);
  try {
    for await (const piece of createReadStream(path)) hash.update(piece);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

/** Whether there is such a file and it is the one that was published. */
export async function isPublished(path: string, { algorithm, hex }: Digest): Promise<boolean> {
  return (await checksumOfFile(path, algorithm)) === hex;
}
