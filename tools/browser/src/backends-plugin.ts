import type { Plugin } from 'vite';

const name = '@strata/browser/backends';
const written = `\0${name}`;

/**
 * Writes `@strata/browser/backends`: for each name a function that imports its module. Modules are looked for from `entry`,
 * the page's script.
 */
export function backendsPlugin(modules: Readonly<Record<string, string>>, entry: string): Plugin {
  return {
    name: 'strata-backends',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source === name) return written;
      return importer === written ? this.resolve(source, entry, { skipSelf: true }) : undefined;
    },
    load(id) {
      if (id !== written) return undefined;
      const lines = Object.entries(modules).map(
        ([key, module]) => `${JSON.stringify(key)}: () => import(${JSON.stringify(module)}),`,
      );
      return `export const backends = {\n${lines.join('\n')}\n};`;
    },
  };
}
