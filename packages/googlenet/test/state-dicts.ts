import { readFileSync } from 'node:fs';
import type { Shape } from '@strata/core';
import type { Variant } from '../src/network/index.js';

type Entries = readonly (readonly [name: string, shape: Shape])[];

/** Names and shapes of a checkpoint as its own source writes it, copied from the golden files; d2l's are the seed's. */
export function readStateDict(variant: Variant): Entries {
  const lists: Record<string, Entries> = JSON.parse(
    readFileSync(new URL('fixtures/state-dicts.json', import.meta.url), 'utf8'),
  );
  if (variant !== 'd2l') return lists[variant];
  const renamed = (name: string) =>
    name
      .replace(/^1\.1\./, '1.2.')
      .replace(/^6\./, '5.')
      .replace('.p', '.b');
  return lists.seed.map(([name, shape]) => [renamed(name), shape]);
}
