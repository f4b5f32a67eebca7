import { InputError } from '@strata/core';

/** Resident size of this process in bytes, once garbage is collected. Needs `--expose-gc`. */
export async function residentSize(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new InputError({ where: 'memory', got: 'no gc', want: 'node --expose-gc' });
  // Twice, with a turn of the event loop between: what finalisers and closed workers release is collected the second
  // time.
  gc();
  await new Promise((resolve) => setTimeout(resolve, 5));
  gc();
  return process.memoryUsage.rss();
}
