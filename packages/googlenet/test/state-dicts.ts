import { readFileSync } from 'node:fs';
import type { Shape } from '@strata/core';

type Entries = readonly (readonly [name: string, shape: Shape])[];

/** Names and shapes of a checkpoint as its own source writes it, copied from the golden files. */
export function readStateDict(variant: 'seed' | 'bvlc' | 'torchvision'): Entries {
  const lists: Record<string, Entries> = JSON.parse(
    readFileSync(new URL('fixtures/state-dicts.json', import.meta.url), 'utf8'),
  );
  return lists[variant];
}
