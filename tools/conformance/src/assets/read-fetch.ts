import { InputError } from '@strata/core';

/** The bytes of a file of this package. Browsers. */
export async function readAsset(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new InputError({ where: url.href, got: `status ${response.status}`, want: 'the file' });
}
