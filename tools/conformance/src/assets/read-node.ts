import { readFile } from 'node:fs/promises';

/** The bytes of a file of this package. Node. */
export async function readAsset(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(url));
}
