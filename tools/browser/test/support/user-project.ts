import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { backendNames } from './backends.js';
import { copyBoot, withScratch } from './scratch.js';

const packages = resolve(import.meta.dirname, '../../../../packages');
const installed = ['core', 'formats', 'googlenet', ...backendNames.map((name) => `backend-${name}`)];

/**
 * A user's project with these files, our packages installed as npm would: as folders under `node_modules`, which Vite's
 * development server treats differently from the links of this repository.
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
    // A development server serves what lies below the project, so files that a page asks for by name are there, as npm puts them.
    const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm';
    await cp(join(packages, '..', wasm), join(folder, wasm), { recursive: true });
    await mkdir(join(folder, 'public'));
    await copyBoot(join(folder, 'public'));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return work(folder);
  });
}

// The folders of what is shipped: of a pattern such as `dist/**/*.d.ts`, all of `dist`.
function shipped(manifest: string): readonly string[] {
  const { files }: { files: readonly string[] } = JSON.parse(manifest);
  return files.filter((pattern) => !pattern.startsWith('!')).map((pattern) => pattern.split('/*')[0]);
}
