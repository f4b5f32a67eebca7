import { UnsupportedError } from '../errors.js';
import type { BackendOptions } from './types.js';

/**
 * Throws `UnsupportedError` for the first of `names` that is set: what a device cannot honour is refused, not ignored.
 */
export function refuseOptions(
  where: string,
  options: BackendOptions,
  names: readonly (keyof BackendOptions)[],
  hint = 'this device cannot use it',
): void {
  const name = names.find((candidate) => options[candidate] !== undefined);
  if (name !== undefined) throw new UnsupportedError({ where, got: `option ${name}`, want: 'none', hint });
}
