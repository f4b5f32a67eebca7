import { withPatches } from '../patches.js';

/** The library's own listeners in Node: they throw again what nobody caught, whatever the program thinks of it. */
const itsOwn = /\binstanceof ExitStatus\b|^function ?\(reason\) ?\{ ?throw reason;? ?\}$/;

/** Opens an instance, and takes away what it added to the process: errors of the program are the program's. */
export async function withoutListeners<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } finally {
    // By their text: others may have been added meanwhile.
    for (const listener of process.listeners('uncaughtException')) {
      if (itsOwn.test(String(listener))) process.removeListener('uncaughtException', listener);
    }
    for (const listener of process.listeners('unhandledRejection')) {
      if (itsOwn.test(String(listener))) process.removeListener('unhandledRejection', listener);
    }
  }
}

/** Closes an instance, which would remove every listener that the process has: those are the program's. */
export function keepingListeners(close: () => void): void {
  withPatches([{ target: process, values: { removeListener: () => process } }], close);
}
