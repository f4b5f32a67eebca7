import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InputError, messageOf } from '@strata/core';
import { identify } from '@strata/formats/identify';

/** No official file is a fifth as large when unpacked; a gzip file that claims more is refused. */
const mostUnpackedBytes = 256 * 1024 * 1024;

/** What a file holds, unpacked if it is a gzip file, whatever its name. `InputError` when it does not unpack. */
export async function unpackIfGzip(bytes: Uint8Array, where: string): Promise<Uint8Array> {
  if (identify(bytes).format !== 'gzip') return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: mostUnpackedBytes });
  } catch (error) {
    throw new InputError({ where, got: `no whole gzip file (${messageOf(error)})`, want: 'an IDX file', cause: error });
  }
}
