import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { packageFiles } from '../src/index.js';

const project = mkdtempSync(join(tmpdir(), 'strata-esbuild-'));
afterAll(() => rmSync(project, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
}

const url = (name: string) => `new URL('${name}', import.meta.url).href`;
/** Of a worker that runs in Node, too: it is no code of the page's, and is not looked into. */
const script = `const { parentPort } = await import('worker_threads'); ${url('net.wasm')};`;
write({
  'node_modules/net/package.json': '{ "type": "module", "exports": "./code/index.js" }',
  'node_modules/net/code/index.js': `
    export const weights = ${url('../weights/net.safetensors')};
    export const beside = ${url('beside.wasm')};
    export const elsewhere = ${url('other/other.wasm')};
    export const script = ${url('other/worker.js')};
    export const missing = ${url('missing.wasm')};`,
  'node_modules/net/weights/net.safetensors': 'weights',
  'node_modules/net/code/beside.wasm': 'beside',
  'node_modules/other/package.json': '{}',
  'node_modules/other/other.wasm': 'elsewhere',
  'node_modules/other/worker.js': script,
  'page.js': `console.log(JSON.stringify(await import('net')), ${url('own.wasm')});`,
  'own.wasm': 'own',
});

it('puts beside the output what packages name, and leaves the rest as it is', async () => {
  const outdir = join(project, 'out');
  await build({
    absWorkingDir: project,
    entryPoints: ['page.js'],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir,
    logLevel: 'silent',
    plugins: [packageFiles()],
  });
  const files = readdirSync(outdir);
  const code = files.filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(outdir, name), 'utf8'));
  const contents = (name: RegExp) =>
    files.filter((file) => name.test(file)).map((file) => readFileSync(join(outdir, file), 'utf8'));
  expect(contents(/^net-\w+\.safetensors$/)).toEqual(['weights']);
  expect(contents(/^beside-\w+\.wasm$/)).toEqual(['beside']);
  expect(contents(/^other-\w+\.wasm$/)).toEqual(['elsewhere']);
  expect(contents(/^worker-\w+\.js$/)).toEqual([script]);
  expect(contents(/missing|own/)).toEqual([]);
  expect(code.join('\n')).toContain('new URL("missing.wasm", import.meta.url)');
  expect(code.join('\n')).toContain('new URL("own.wasm", import.meta.url)');
});
