import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, strata } from './support/strata.js';

const samples = resolve(import.meta.dirname, '../../googlenet/samples');
const pictures = readdirSync(samples)
  .filter((name) => /\.(jpg|png)$/.test(name))
  .map((name) => join(samples, name));
const brightness = ['--backend', fixture('brightness-backend.mjs')];
const missing = join(samples, 'nothing.png');

interface Row {
  readonly image: string;
  readonly top?: readonly { readonly label: string }[];
}

async function classify(...words: readonly string[]): Promise<[string, string | undefined][]> {
  const { stdout } = await strata('classify', ...words, ...brightness, '--json');
  const rows: readonly Row[] = JSON.parse(stdout);
  return rows.map(({ image, top }) => [image, top?.[0].label]);
}

describe('strata classify', () => {
  it.each(['1', '3', '4', '5', '32'])(
    'gives each picture its own answer when others fail, %s at a time',
    async (batch) => {
      const alone = await Promise.all(pictures.map((picture) => classify(picture)));
      const want = alone.flat();
      expect(new Set(want.map(([, label]) => label)).size).toBeGreaterThan(2);
      const failed: [string, undefined] = [missing, undefined];
      const mixed = [failed, ...want.slice(0, 3), failed, failed, ...want.slice(3).reverse(), failed];
      expect(await classify(...mixed.map(([image]) => image), '--batch', batch)).toEqual(mixed);
    },
  );
});
