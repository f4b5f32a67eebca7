import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BackendName, backendNames, browserDevices } from './support/backends.js';
import { type Bundle, bundleProgram, type Chunk } from './support/bundle.js';
import { readmeProgram } from './support/readme-program.js';

/** Where a backend's code comes from, and words that are in it and survive a minifier. */
const origins: Readonly<Record<BackendName, { readonly modules: RegExp; readonly words: readonly string[] }>> = {
  onnx: { modules: /backend-onnx\/|node_modules\/onnxruntime-/, words: ['onnxruntime-web', 'ort-wasm', 'onnx/wasm'] },
  tfjs: {
    modules: /backend-tfjs\/|node_modules\/@tensorflow\//,
    words: ['@tensorflow/', 'FusedConv2D', 'tfjs-backend-wasm', 'tfjs/wasm'],
  },
  gpujs: { modules: /backend-gpujs\/|node_modules\/gpu\.js\//, words: ['loopMaxIterations', 'webasm', 'gpujs/wasm'] },
};

/**
 * Node's modules, how Vite stubs one that a browser's code asks for by name, and the packages that only Node can run. A
 * stub without a name stands for what a library's own `browser` field leaves out.
 */
const nodeOnly =
  /^node:|__vite-browser-external:|node_modules\/(sharp|onnxruntime-node|webgpu|gl|@img\/.*|@tensorflow\/tfjs-node(-gpu)?)\/|host\/node\.js|fashion-mnist\/(download|cache-folder)/;

describe.each(backendNames)('a page with backend-%s', (backend) => {
  let bundle: Bundle;
  let code: string;
  beforeAll(async () => {
    bundle = await bundleProgram(await readmeProgram(`@strata/backend-${backend}`));
    code = bundle.chunks.map((chunk) => chunk.code).join('\n');
  });

  it('brings its own library and no other', () => {
    for (const other of backendNames) {
      const { modules, words } = origins[other];
      const own = other === backend;
      expect(bundle.met.some((id) => modules.test(id))).toBe(own);
      for (const word of words) expect(code.includes(word), `${word} in the bundle`).toBe(own);
    }
  });

  it('reaches no module of Node', () => {
    expect(bundle.met.filter((id) => nodeOnly.test(id))).toEqual([]);
    expect(code).not.toMatch(/(from|import)\s*\(?["'`](node:|fs|os|path|module|crypto|worker_threads|sharp)/);
    expect(code).not.toContain('createRequire');
  });

  it('has a chunk for each device, which alone loads the library', () => {
    const files = new Map(bundle.chunks.map((chunk) => [chunk.fileName, chunk]));
    const doors = bundle.chunks.flatMap(({ door }) => (door === null ? [] : [basename(door).split('.')[0]]));
    expect(doors).toEqual(expect.arrayContaining(browserDevices(backend)));
    const first = bundle.chunks.filter(({ isEntry }) => isEntry).flatMap((entry) => [...loadedWith(entry, files)]);
    const library = first.flatMap(({ modules }) => modules).filter((id) => /node_modules\/(?!vite\/)/.test(id));
    expect(library).toEqual([]);
  });

  it('has a size', () => {
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
    const sizeOf = (ending: RegExp) =>
      [...bundle.assets].filter(([name]) => ending.test(name)).reduce((sum, [, bytes]) => sum + bytes, 0);
    const scripts = Buffer.byteLength(code) + sizeOf(/\.m?js$/);
    const wasm = [...bundle.assets].filter(([name]) => name.endsWith('.wasm'));
    const files = wasm.map(([name, bytes]) => `${basename(name)} ${kilobytes(bytes)}`).join(', ') || 'none';
    console.info(
      `backend-${backend}: ${kilobytes(scripts)} of scripts, ${kilobytes(scripts + sizeOf(/\.wasm$/))} with wasm files, of which a page loads at most one (${files}); weights ${kilobytes(sizeOf(/\.safetensors$/))}`,
    );
    expect(scripts).toBeLessThan(1_500_000);
  });
});

it.each(backendNames)(
  "a page with a sub-path of backend-%s has that device's code alone",
  async (backend) => {
    const { chunks } = await bundleProgram(await readmeProgram(`@strata/backend-${backend}/wasm`));
    const modules = chunks.flatMap((chunk) => chunk.modules).filter((id) => id.includes(`backend-${backend}/`));
    const devices = browserDevices(backend).filter((device) =>
      modules.some((id) => new RegExp(`/devices/${device}(\\.browser)?\\.js$`).test(id)),
    );
    expect(devices).toEqual(['wasm']);
  },
  120_000,
);

/** A chunk and all that load before it runs. */
function loadedWith(chunk: Chunk, files: ReadonlyMap<string, Chunk>, found = new Set<Chunk>()): Set<Chunk> {
  if (found.has(chunk)) return found;
  found.add(chunk);
  for (const name of chunk.imports) {
    const next = files.get(name);
    if (next !== undefined) loadedWith(next, files, found);
  }
  return found;
}
