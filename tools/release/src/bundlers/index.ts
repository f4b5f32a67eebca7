import { bundleByEsbuild, bundleByEsbuildAlone } from './esbuild.js';
import { bundleByVite } from './vite.js';
import { bundleByWebpack } from './webpack.js';

/** Builds the program `entry` of a project into a folder, and returns the script that a page must load, by its name. */
export type Bundler = (project: string, entry: string, outDir: string) => Promise<string>;

/** Every bundler with what its users have to set: nothing but for esbuild, which wants our plugin. */
export const bundlers = [
  { name: 'vite', bundle: bundleByVite },
  { name: 'webpack', bundle: bundleByWebpack },
  { name: 'esbuild', bundle: bundleByEsbuild },
] as const satisfies readonly { readonly name: string; readonly bundle: Bundler }[];

export { bundleByEsbuildAlone };
