import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { bundlePage } from '../../src/index.js';
import { withScratch } from './scratch.js';

export interface Chunk {
  readonly fileName: string;
  readonly code: string;
  /** Files whose code is in it. */
  readonly modules: readonly string[];
  /** Chunks that load with it. */
  readonly imports: readonly string[];
  /** The module that a dynamic `import()` asks for, or the page itself. */
  readonly door: string | null;
  readonly isEntry: boolean;
}

export interface Bundle {
  readonly chunks: readonly Chunk[];
  /** Bytes of all other files by name. */
  readonly assets: ReadonlyMap<string, number>;
  /** Every module that the bundler read, whether in the bundle or not. */
  readonly met: readonly string[];
}

/** What Vite builds from a page with this program. */
export function bundleProgram(program: string): Promise<Bundle> {
  return withScratch(async (folder) => {
    const entry = join(folder, 'program.ts');
    await writeFile(entry, program);
    const chunks: Chunk[] = [];
    const assets = new Map<string, number>();
    const met: string[] = [];
    const watch: Plugin = {
      name: 'watch',
      moduleParsed: ({ id }) => {
        met.push(id);
      },
      generateBundle(_, files) {
        for (const file of Object.values(files)) {
          if (file.type === 'asset') {
            assets.set(file.fileName, Buffer.byteLength(file.source));
          } else {
            const { fileName, code, moduleIds, imports, facadeModuleId, isEntry } = file;
            chunks.push({ fileName, code, modules: moduleIds, imports, door: facadeModuleId, isEntry });
          }
        }
      },
    };
    await bundlePage(entry, join(folder, 'dist'), [watch]);
    return { chunks, assets, met };
  });
}
