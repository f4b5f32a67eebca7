import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

describe('a browser bundle', () => {
  it('reaches neither Node nor sharp, and brings the weights along', { timeout: 120_000 }, async () => {
    const root = await mkdtemp(join(tmpdir(), 'strata-bundle-'));
    const entry = join(root, 'entry.js');
    const main = fileURLToPath(new URL('../dist/index.js', import.meta.url));
    await writeFile(
      entry,
      `import { loadGoogLeNet } from ${JSON.stringify(main)};\nglobalThis.load = loadGoogLeNet;\n`,
    );
    const modules: string[] = [];
    try {
      const result = await build({
        root,
        logLevel: 'silent',
        plugins: [
          {
            name: 'list-modules',
            moduleParsed: ({ id }) => {
              modules.push(id);
            },
          },
        ],
        build: { write: false, minify: false, rollupOptions: { input: entry } },
      });
      const files = (Array.isArray(result) ? result : [result]).flatMap((part) =>
        'output' in part ? part.output : [],
      );
      const code = files.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
      expect(modules.some((id) => id.endsWith('host/browser.js'))).toBe(true);
      expect(
        modules.filter((id) => /host\/node\.js|node:|__vite-browser-external|node_modules\/sharp/.test(id)),
      ).toEqual([]);
      expect(code).not.toMatch(/from\s*["']node:|import\(["']sharp/);
      const assets = files.filter((file) => file.type === 'asset').map(({ fileName }) => fileName);
      expect(assets.some((name) => /seed-fashion-mnist.*\.safetensors$/.test(name))).toBe(true);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
