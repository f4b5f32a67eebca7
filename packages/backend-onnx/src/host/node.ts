import { availableParallelism, cpus } from 'node:os';

/** CPU cores that this process may use at once. */
export const countCores = (): number => availableParallelism();

/** The processor's model; `undefined` where the system does not give it. */
export const findProcessor = (): string | undefined => cpus()[0]?.model.trim() || undefined;

/** The build of onnxruntime-web that can start threads in Node. */
export const importWasmLibrary = () => import('onnxruntime-web');

/** In Node the runtime finds its files. */
export const findOwnFiles = (): { readonly wasm: string; readonly mjs: string } | undefined => undefined;

/** Node reads the runtime's files from disk: no server can answer with something else. */
export const findWrongFile = async (_places: readonly string[]): Promise<string | undefined> => undefined;
