import { messageOf } from '@strata/core';
import { identify } from '@strata/formats/identify';

/** Cores that wasm threads may use: one unless the page is cross-origin isolated, for they share memory. */
export const countCores = (): number => (globalThis.crossOriginIsolated ? globalThis.navigator.hardwareConcurrency : 1);

/** Browsers do not give the processor's model. */
export const findProcessor = (): string | undefined => undefined;

/** The build of onnxruntime-web without GPUs: half as large as the package's main one. */
export const importWasmLibrary = () => import('onnxruntime-web/wasm');

/**
 * The runtime's files, as a bundler placed them. Unless it is told, it starts its threads from the script that it lies in
 * itself, and a bundler may have joined that with the page or worker, or made it import them (for a helper that modules
 * share): each thread would then start the whole program again, and never be ready. `undefined` where no bundler
 * followed these expressions: a development server, which joins nothing.
 */
export function findOwnFiles(): { readonly wasm: string; readonly mjs: string } | undefined {
  const mjs = new URL('onnxruntime-web/ort-wasm-simd-threaded.mjs', import.meta.url).href;
  if (mjs.endsWith('/onnxruntime-web/ort-wasm-simd-threaded.mjs')) return undefined;
  return { wasm: new URL('onnxruntime-web/ort-wasm-simd-threaded.wasm', import.meta.url).href, mjs };
}

/**
 * What a server sent in place of one of the runtime's files, for which the library's own messages are obscure;
 * `undefined` when they are what they should be. Looks at the places given and at what the page has loaded.
 */
export async function findWrongFile(places: readonly string[]): Promise<string | undefined> {
  // A browser notes a request that failed only a moment afterwards.
  await new Promise((resolve) => setTimeout(resolve, 100));
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
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { format, name } = identify(bytes);
    const type = response.headers.get('Content-Type') ?? 'no content type';
    const isScript = format === 'text' && type.includes('javascript');
    if (url.endsWith('.mjs') ? isScript : format === 'wasm') return undefined;
    const start = new TextDecoder().decode(bytes.subarray(0, 40));
    return `${url} is answered with ${name}: ${type}, beginning ${JSON.stringify(start)}`;
  } catch (error) {
    return `${place} is not answered (${messageOf(error)})`;
  }
}
