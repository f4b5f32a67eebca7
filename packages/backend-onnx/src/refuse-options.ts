import { type BackendOptions, UnsupportedError } from '@strata/core';

/** Options that a device can not honour are refused, not ignored. */
export function refuseOptions(where: string, options: BackendOptions, names: readonly (keyof BackendOptions)[]): void {
  const [name] = names.filter((candidate) => options[candidate] !== undefined);
  if (name === undefined) return;
  throw new UnsupportedError({ where, got: `option ${name}`, want: 'none', hint: 'this device has no use for it' });
}
