import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Plugin, PluginBuild } from './types.js';

export type { Plugin } from './types.js';

const assetNamespace = 'strata-asset';
/** `new URL('file', import.meta.url)`, which Vite and webpack follow and esbuild does not. */
const fileUrl = /new URL\(\s*(["'`])([^"'`]+\.(?:wasm|safetensors|m?js))\1\s*,\s*import\.meta\.url\s*\)/g;

/**
 * Makes esbuild put the files beside its output that packages name by `new URL('…', import.meta.url)`: weights, wasm
 * files, scripts of workers. Each gets a hash in its name, as with esbuild's loader `file`, whose `publicPath` and
 * `assetNames` hold here too. A file that is not found stays as it was written.
 */
export function packageFiles(): Plugin {
  return {
    name: 'strata-package-files',
    setup(build) {
      build.onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/, namespace: 'file' }, async ({ path }) => {
        const code = await readFile(path, 'utf8');
        const assets = await findAssets(build, code, dirname(path));
        return assets.size === 0 ? undefined : { contents: importAssets(code, assets), loader: 'js' };
      });
      build.onResolve({ filter: new RegExp(`^${assetNamespace}:`) }, ({ path }) => ({
        path: path.slice(assetNamespace.length + 1),
        namespace: assetNamespace,
      }));
      build.onLoad({ filter: /./, namespace: assetNamespace }, async ({ path }) => ({
        contents: await readFile(path),
        loader: 'file',
      }));
    },
  };
}

/** Absolute path by what stands in the code. */
async function findAssets(build: PluginBuild, code: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of new Set([...code.matchAll(fileUrl)].map(([, , file]) => file))) {
    // A name without a dot may be a file beside this one, as URLs mean it, or one of a package, as bundlers take it.
    for (const candidate of [name.startsWith('.') ? name : `./${name}`, name]) {
      const { path, errors } = await build.resolve(candidate, { kind: 'import-statement', resolveDir: folder });
      if (errors.length > 0) continue;
      found.set(name, path);
      break;
    }
  }
  return found;
}

function importAssets(code: string, assets: ReadonlyMap<string, string>): string {
  const names = [...assets.keys()];
  const imports = names.map(
    (name, index) => `import strataAsset${index} from ${JSON.stringify(`${assetNamespace}:${assets.get(name)}`)};\n`,
  );
  const changed = code.replace(fileUrl, (whole, _quote, name: string) =>
    assets.has(name) ? `new URL(strataAsset${names.indexOf(name)}, import.meta.url)` : whole,
  );
  return imports.join('') + changed;
}
