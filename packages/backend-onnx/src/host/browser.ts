import { messageOf } from '@strata/core';

/** Cores that wasm threads may use: one unless the page is cross-origin isolated, for they share memory. */
export const countCores = (): number => (globalThis.crossOriginIsolated ? globalThis.navigator.hardwareConcurrency : 1);

/** Browsers do not tell the processor's model. */
export const findProcessor = (): string | undefined => undefined;

/** The build of onnxruntime-web without GPUs: half as large as the package's main one. */
export const importWasmLibrary = () => import('onnxruntime-web/wasm');

/**
 * The runtime's files, where it must be told. Its threads start from the script that it lies in itself. In a worker that a
 * bundler made of one file that is the whole worker, which would start once more for each thread and never be ready.
 */
export function findOwnFiles(): { readonly wasm: string; readonly mjs: string } | undefined {
  if (typeof document !== 'undefined' || import.meta.url !== globalThis.location.href) return undefined;
  return {
    wasm: new URL('onnxruntime-web/ort-wasm-simd-threaded.wasm', import.meta.url).href,
    mjs: new URL('onnxruntime-web/ort-wasm-simd-threaded.mjs', import.meta.url).href,
  };
}

/**
 * What a server sent in place of one of the runtime's files, which the library tells only in riddles; `undefined` when
 * they are what they should be. Looks at the places given and at what the page has loaded.
 */
export async function findWrongFile(places: readonly string[]): Promise<string | undefined> {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const files = loaded.filter((url) => /\/ort-wasm[^/]*\.(wasm|mjs)$/.test(url));
  for (const place of [...places, ...files]) {
    const wrong = await describeWrong(place);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

async function describeWrong(place: string): Promise<string | undefined> {
  try {
    const response = await fetch(place);
    const url = response.url || place;
    if (!response.ok) return `${url} is answered with status ${response.status}`;
    const start = new Uint8Array(await response.arrayBuffer()).subarray(0, 40);
    const type = response.headers.get('Content-Type') ?? 'no content type';
    const isWasm = String.fromCharCode(...start.subarray(0, 4)) === '\0asm';
    if (url.endsWith('.mjs') ? type.includes('javascript') : isWasm) return undefined;
    const isPage = type.includes('html') ? 'an HTML page' : 'another file';
    return `${url} is answered with ${isPage}: ${type}, beginning ${JSON.stringify(new TextDecoder().decode(start))}`;
  } catch (error) {
    return `${place} is not answered (${messageOf(error)})`;
  }
}
