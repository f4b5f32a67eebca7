import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../download/cache-folder.js';
import type { Variant } from '../network/variants.js';
import { type Pretrained, pretrained } from './registry.js';

/** Where published weights are kept. */
export function pathOf({ file }: Pretrained, cacheFolder: string | undefined): string {
  return join(cacheFolder ?? cacheRoot(), 'pretrained', file);
}

/**
 * Published weights of a variant that an earlier `downloadPretrained` kept; `undefined` where there are none. They are not
 * read: only what passed its checksum has its name.
 */
export async function findPretrained(
  variant: Variant,
  cacheFolder?: string,
): Promise<{ readonly path: string; readonly pretrained: Pretrained } | undefined> {
  for (const entry of pretrained.filter((candidate) => candidate.variant === variant)) {
    const path = pathOf(entry, cacheFolder);
    const status = await stat(path).catch(() => undefined);
    if (status?.isFile() === true) return { path, pretrained: entry };
  }
  return undefined;
}
