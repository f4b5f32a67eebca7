import { readFileSync } from 'node:fs';

/** The bytes of a file in `test/fixtures`, whose README says where each is from. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
}
