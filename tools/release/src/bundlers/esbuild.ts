import { parse } from 'node:path';
import { packageFiles } from '@strata/esbuild';
import { build, type Plugin } from 'esbuild';

/** As the README of @strata/esbuild says. */
export const bundleByEsbuild = (project: string, entry: string, outDir: string) =>
  bundle(project, entry, outDir, [packageFiles()]);

/** Without the plugin: builds, but the files that belong to the code stay behind. */
export const bundleByEsbuildAlone = (project: string, entry: string, outDir: string) =>
  bundle(project, entry, outDir, []);

async function bundle(project: string, entry: string, outDir: string, plugins: Plugin[]): Promise<string> {
  await build({
    absWorkingDir: project,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: outDir,
    logLevel: 'error',
    plugins,
  });
  return `${parse(entry).name}.js`;
}
