import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { backendNames, browserDevices, ownModules, usualDevice } from './support/backends.js';
import { type Bundle, bundleProgram, type Chunk } from './support/bundle.js';
import { readmeProgram } from './support/readme-program.js';

/**
 * Node's modules, how Vite stubs one that a browser's code asks for by name, and the packages that only Node can run. A
 * stub without a name stands for what a library's own `browser` field leaves out.
 */
const nodeOnly =
  /^node:|__vite-browser-external:|node_modules\/(sharp|onnxruntime-node|webgpu|gl|@img\/.*|@tensorflow\/tfjs-node(-gpu)?)\/|host\/node\.js|fashion-mnist\/(download|cache-folder)|download\/(folder-store|cache-folder)/;

describe.each(backendNames)('a page with backend-%s', (backend) => {
  let bundle: Bundle;
  let code: string;
  beforeAll(async () => {
    bundle = await bundleProgram(await readmeProgram(`@strata/backend-${backend}`));
    code = bundle.chunks.map((chunk) => chunk.code).join('\n');
  });

  it('contains its own library and no other', () => {
    for (const other of backendNames) {
      const own = other === backend;
      expect(bundle.met.some((id) => ownModules(other).test(id))).toBe(own);
      const told = browserDevices(other).filter((device) => code.includes(`${other}/${device}`));
      if (!own) expect(told, other).toEqual([]);
    }
  });

  it('contains no module of Node', () => {
    expect(bundle.met.filter((id) => nodeOnly.test(id))).toEqual([]);
    expect(code).not.toMatch(/(from|import)\s*\(?["'`](node:|fs|os|path|module|crypto|worker_threads|sharp)/);
    expect(code).not.toContain('createRequire');
  });

  it('has a chunk for each device, and only that chunk loads the library', () => {
    const files = new Map(bundle.chunks.map((chunk) => [chunk.fileName, chunk]));
    const doors = bundle.chunks.flatMap(({ door }) => (door === null ? [] : [basename(door).split('.')[0]]));
    expect(doors).toEqual(expect.arrayContaining(browserDevices(backend)));
    const first = bundle.chunks.filter(({ isEntry }) => isEntry).flatMap((entry) => [...loadedWith(entry, files)]);
    const library = first.flatMap(({ modules }) => modules).filter((id) => /node_modules\/(?!vite\/)/.test(id));
    expect(library).toEqual([]);
  });

  it('reports its size', () => {
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
    const { chunks } = await bundleProgram(await readmeProgram(`@strata/backend-${backend}/${usualDevice(backend)}`));
    const modules = chunks.flatMap((chunk) => chunk.modules).filter((id) => id.includes(`backend-${backend}/`));
    const devices = browserDevices(backend).filter((device) =>
      modules.some((id) => new RegExp(`/devices/${device}(\\.browser)?\\.js$`).test(id)),
    );
    expect(devices).toEqual([usualDevice(backend)]);
  },
  120_000,
);

it('a page with backend-onnx leaves behind what reads ONNX, and one with a format every other format', async () => {
  const codeOf = async (program: string) => (await bundleProgram(program)).chunks.map(({ code }) => code).join('\n');
  const words = {
    safetensors: 'data_offsets',
    onnx: 'GlobalAveragePool',
    npy: 'fortran_order',
    reading: 'SAME_UPPER or SAME_LOWER',
  };
  const found = (code: string) => Object.entries(words).flatMap(([name, word]) => (code.includes(word) ? [name] : []));
  expect(found(await codeOf(await readmeProgram('@strata/backend-onnx')))).toEqual(['safetensors', 'onnx']);
  const use = (name: string, entry: string) =>
    `import { ${name} } from '@strata/formats/${entry}'; console.log(${name});`;
  expect(found(await codeOf(use('openSafetensors', 'safetensors')))).toEqual(['safetensors']);
  expect(found(await codeOf(use('exportOnnx', 'onnx')))).toEqual(['onnx']);
  expect(found(await codeOf(use('parseNpy', 'npy')))).toEqual(['npy']);
}, 240_000);

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

it.each([
  ['pytorch', 'openPyTorch', '_rebuild_tensor_v2', 30],
  ['onnx', 'openOnnx', 'initialiser', 20],
  ['caffe', 'openCaffe', 'InnerProduct', 20],
])('a page with the reader of @strata/formats/%s alone is small', async (entry, open, word, most) => {
  const { chunks } = await bundleProgram(
    `import { ${open} } from '@strata/formats/${entry}'; console.log(${open}(new Uint8Array(9)).tensors);`,
  );
  const code = chunks.map((chunk) => chunk.code).join('\n');
  expect(code).toContain(word);
  const bytes = gzipSync(code).length;
  console.info(`formats/${entry}: ${(bytes / 1024).toFixed(1)} KiB packed`);
  expect(bytes).toBeLessThanOrEqual(most * 1024);
});
