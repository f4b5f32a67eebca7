import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Shape } from '@strata/core';
import { preprocess, type Variant } from '@strata/googlenet';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { backends } from './support/backends.js';
import { call } from './support/call.js';
import { type Drawn, encode, inputs, levelsApart, pictures } from './support/drawn-pictures.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

/** More of them with `STRATA_RUNS=1000`. */
const numRuns = Number(process.env.STRATA_RUNS ?? 40);

/** What one grey level is in a variant's tensor, at most. */
const level: Readonly<Record<Variant, number>> = { seed: 1 / 255, d2l: 1 / 255, bvlc: 1, torchvision: 1 / 255 / 0.224 };

describe.skipIf(missing)('pre-processing in a page', { timeout: 600_000 }, () => {
  let folder: string;
  let open: OpenPage;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-preprocessing-'));
    open = await openPage({
      entry: resolve(import.meta.dirname, 'fixtures/page.ts'),
      backends,
      isolated: false,
      folders: { '/made/': folder },
    });
  });
  afterAll(async () => {
    await open?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** How a file's tensors differ from Node's, in units of a grey level, or the two complaints. */
  async function compare(name: string, bytes: Uint8Array, variant: Variant, input: Shape): Promise<number | string> {
    const here = await preprocess(bytes, { variant, input, where: 'picture' }).catch(String);
    const inPage = await call(open, 'preprocess', `/made/${name}`, variant, input);
    if (typeof here === 'string' || typeof inPage === 'string') {
      const words = [here, inPage].map((end) => (typeof end === 'string' ? end : 'a tensor'));
      return words[0] === words[1] ? 0 : words.join(', in the page: ');
    }
    expect(inPage.shape).toEqual(here.shape);
    const got = new Float32Array(Uint8Array.from(Buffer.from(inPage.data, 'base64')).buffer);
    let most = 0;
    for (const [i, value] of got.entries()) most = Math.max(most, Math.abs(value - here.data[i]));
    return most / level[variant];
  }

  it('gives the tensors of Node: exactly for PNG, within what decoders may differ by else', async () => {
    const seen = new Map<Drawn['kind'], number>();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(pictures, async (drawn) => {
        const name = `${count++}.${drawn.kind.startsWith('jpeg') ? 'jpg' : 'png'}`;
        const bytes = await encode(drawn);
        await writeFile(join(folder, name), bytes);
        const most = levelsApart(drawn);
        for (const [variant, input] of inputs) {
          // Where pixels may differ, so may what is taken for the garment: its edge is found by a threshold.
          if (variant === 'seed' && most > 0) continue;
          const apart = await compare(name, bytes, variant, input);
          expect(apart, variant).toBeTypeOf('number');
          expect(apart, variant).toBeLessThanOrEqual(most === 0 ? 0 : most + 1e-3);
          seen.set(drawn.kind, Math.max(seen.get(drawn.kind) ?? 0, Number(apart)));
        }
        await rm(join(folder, name));
      }),
      { numRuns },
    );
    console.info(
      `farthest from Node's, in grey levels: ${[...seen].map(([kind, most]) => `${kind} ${most}`).join(', ')}`,
    );
  });
});
