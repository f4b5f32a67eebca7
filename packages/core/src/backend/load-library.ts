import { cureOf, DeviceError, messageOf, StrataError } from '../errors.js';
import { isError } from '../tags.js';
import { loadCode, NoAnswer } from './watch-start.js';

/** A library that a device needs, and how it is told that it is not there. */
export interface Library {
  /** The device that needs it. */
  readonly where: string;
  /** The package's name. */
  readonly library: string;
  /** The command that brings it. */
  readonly install: string;
}

/**
 * What `load` imports. Throws a `DeviceError` when it cannot be loaded: in a page whose script did not come, that it is to
 * be loaded anew; else how the library is installed.
 */
export async function loadLibrary<T>({ where, library, install }: Library, load: () => Promise<T>): Promise<T> {
  try {
    return await loadCode(load());
  } catch (error) {
    if (error instanceof StrataError || error instanceof NoAnswer) throw error;
    const cure = cureOf(error, install);
    throw (
      explainMissingScript(error, where) ??
      new DeviceError({
        where,
        got: `${library} cannot be loaded: ${firstLine(error)}`,
        hint: cure === install ? `install it: ${install}` : cure,
        missing: cure,
        cause: error,
      })
    );
  }
}

/**
 * What engines and bundlers say when a script of the program itself does not come: Chromium, Firefox, Safari, webpack and
 * what makes such names, Vite's styles, and any engine that is sent a page as a script.
 */
const missingScript = [
  /^Failed to fetch dynamically imported module/,
  /^error loading dynamically imported module/,
  /^Importing a module script failed/,
  /^Loading (CSS )?chunk \S+ failed/,
  /^Unable to preload CSS/,
  /^(Unexpected token|expected expression, got) '<'/,
];

/**
 * A `DeviceError` for an import that failed for want of a script that belongs to the program: a network that failed, or a
 * server that has a newer version by now. `undefined` for other errors, a missing package's among them.
 */
export function explainMissingScript(error: unknown, where: string): DeviceError | undefined {
  const isChunk = isError(error) && error.name === 'ChunkLoadError';
  if (!isChunk && !missingScript.some((pattern) => pattern.test(messageOf(error)))) return undefined;
  return new DeviceError({
    where,
    got: `a script of this program did not load (${firstLine(error)})`,
    hint: 'reload the page: the network failed, or the server has a newer version of the program by now',
    missing: 'one of its scripts did not load: reload the page',
    cause: error,
  });
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n')[0];
}
