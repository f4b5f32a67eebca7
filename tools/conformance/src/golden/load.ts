import { readAsset } from '#read-asset';
import { gunzipText } from '../assets/gunzip.js';
import { type Golden, parseGolden } from './golden.js';

const files = {
  'seed-224': new URL('../../golden/seed-224.json.gz', import.meta.url),
  'seed-96-batch2': new URL('../../golden/seed-96-batch2.json.gz', import.meta.url),
  'bvlc-224': new URL('../../golden/bvlc-224.json.gz', import.meta.url),
  'torchvision-224': new URL('../../golden/torchvision-224.json.gz', import.meta.url),
} as const;

export type GoldenName = keyof typeof files;

export const goldenNames: readonly GoldenName[] = ['seed-224', 'seed-96-batch2', 'bvlc-224', 'torchvision-224'];

export async function loadGolden(name: GoldenName): Promise<Golden> {
  return parseGolden(await gunzipText(await readAsset(files[name])), name);
}
