import { latin1 } from './bytes.js';
import type { FileFormat } from './formats.js';

const signature = '\x89HDF\r\n\x1a\n';

/** The signature may lie behind a block of the user's own, at 512 bytes or twice that and so on. */
const starts = [0, 512, 1024, 2048, 4096, 8192];

/** How much is looked at for names that Keras gives. */
const lookedAt = 65_536;

const kerasNames = /keras_version|model_weights|layer_names|_layer_checkpoint_dependencies|model_config/;

/** The groups of a `.weights.h5` of Keras 3, as HDF5 stores their names. */
const kerasGroups = ['layers\0', 'vars\0'];

/** An HDF5 file, and whether Keras wrote it. */
export function findHdf5(bytes: Uint8Array): FileFormat | undefined {
  const start = starts.find((at) => latin1(bytes, at, at + signature.length) === signature);
  if (start === undefined) return undefined;
  const text = latin1(bytes, start, start + lookedAt);
  return kerasNames.test(text) || kerasGroups.every((name) => text.includes(name)) ? 'keras-h5' : 'hdf5';
}
