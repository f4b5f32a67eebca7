import util from 'node:util';

/**
 * Puts back the functions of Node's util module that Node 23 removed and @tensorflow/tfjs-node-gpu 4.22 calls: whoever
 * uses it on a newer Node must do so. They stay until the process ends.
 */
export function restoreNodeUtil(): void {
  if ('isNullOrUndefined' in util) return;
  Object.defineProperties(util, {
    isNullOrUndefined: { value: (value: unknown) => value === null || value === undefined, configurable: true },
    isArray: { value: Array.isArray, configurable: true },
  });
}
