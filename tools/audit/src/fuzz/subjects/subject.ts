import { readFileSync } from 'node:fs';
import { UnsupportedError } from '@strata/core';
import type { Draw } from '../draw.js';

/** A reader and what it is fed with. */
export interface Subject {
  /** Small files that it takes, from which others are made. */
  seeds(): readonly Uint8Array[];
  /** Files of other programs, which are larger, so that fewer are made of them. */
  fixtures?(): readonly Uint8Array[];
  /** Files that are made to be slow, large or endless, of a drawn size. */
  readonly traps: readonly ((draw: Draw) => Uint8Array)[];
  /** Opens a file and decodes everything in it. */
  read(bytes: Uint8Array): void | Promise<void>;
}

/** A file of formats' own tests. */
export function fixture(name: string): Uint8Array {
  const root = new URL('../../../../../', import.meta.url);
  return new Uint8Array(readFileSync(new URL(`packages/formats/test/fixtures/${name}`, root)));
}

/** Decodes every tensor that can be; those of whole numbers are only listed. */
export function readAll(tensors: Iterable<{ read(): unknown }>): void {
  for (const tensor of tensors) {
    try {
      tensor.read();
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
    }
  }
}
