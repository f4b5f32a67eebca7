import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const cache = resolve(import.meta.dirname, '../../.cache');
const samples = resolve(import.meta.dirname, '../../../../packages/googlenet/samples');

/** An empty folder inside the repository, so that packages resolve from it; removed afterwards. */
export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'scratch-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts the picture that the README's program asks for into a folder. */
export async function copyBoot(folder: string): Promise<void> {
  await copyFile(join(samples, 'ankle-boot.jpg'), join(folder, 'boot.jpg'));
}
