import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { copyBoot, withScratch } from './scratch.js';

const packages = resolve(import.meta.dirname, '../../../../packages');
const installed = ['core', 'googlenet', 'backend-onnx', 'backend-tfjs', 'backend-gpujs'];

/**
 * A user's project with these files, our packages installed as npm would: as folders under `node_modules`, which Vite's
 * development server treats otherwise than the links of this repository.
 */
export function withUserProject<T>(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  return withScratch(async (folder) => {
    for (const name of installed) {
      const from = join(packages, name);
      const to = join(folder, 'node_modules/@strata', name);
      await mkdir(to, { recursive: true });
      await cp(join(from, 'package.json'), join(to, 'package.json'));
      for (const part of shipped(await readFile(join(from, 'package.json'), 'utf8'))) {
        await cp(join(from, part), join(to, part), { recursive: true });
      }
    }
    await mkdir(join(folder, 'public'));
    await copyBoot(join(folder, 'public'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return work(folder);
  });
}

function shipped(manifest: string): readonly string[] {
  const { files }: { files: readonly string[] } = JSON.parse(manifest);
  return files;
}
