import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

export async function bundleByVite(project: string, entry: string, outDir: string): Promise<string> {
  await build({
    root: project,
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, manifest: true, rolldownOptions: { input: join(project, entry) } },
  });
  const manifest: Record<string, { file: string }> = JSON.parse(
    await readFile(join(outDir, '.vite/manifest.json'), 'utf8'),
  );
  return manifest[entry].file;
}
