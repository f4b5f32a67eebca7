import { describeValue, viewBytes, WeightsError } from '@strata/core';
import { identify } from '../identify/index.js';
import { otherFileError } from '../other-weights.js';
import type { StoredTensor } from '../stored-tensor.js';
import { findWeights } from './find-weights.js';
import { isDict, type Value } from './pickle/values.js';
import { readLegacy } from './read-legacy.js';
import { readZip } from './read-zip.js';
import { sharedPrefix, withoutPrefix } from './shared-prefix.js';
import { checkTotal, storedTensor } from './tensor-view.js';

/** A PyTorch checkpoint whose pickle was read and whose sizes were checked. */
export interface PyTorchFile {
  readonly format: 'pytorch-zip' | 'pytorch-legacy';
  /** Only Lightning says what made a file. */
  readonly producer?: string;
  /** The key under which the checkpoint holds the weights (`'model_state_dict'`), dotted where one lies in another. */
  readonly container?: string;
  /** What all names began with (`'module.'`), and was taken off. */
  readonly prefix?: string;
  /** By name, in the file's order. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/**
 * Opens the bytes of a `.pth`, `.pt`, `.bin`, `.tar` or `.ckpt` that `torch.save` wrote, zip archive or old stream. `where`
 * names the file in messages. The pickle in it runs on a machine that knows tensors and plain data; a class or function
 * of any other name is refused by that name, and nothing is ever called. Storages are unpacked when a tensor is read.
 * `WeightsError` for files of other kinds, whole models, TorchScript, quantised or sparse tensors, big-endian numbers,
 * and whatever is damaged or larger than its file can make it; the message says how to save a state dict instead.
 *
 * Format: https://pytorch.org/docs/stable/notes/serialization.html
 */
export function openPyTorch(given: ArrayBufferLike | ArrayBufferView, where = 'PyTorch checkpoint'): PyTorchFile {
  const bytes = viewBytes(given);
  const want = 'a PyTorch checkpoint';
  if (bytes === undefined) throw new WeightsError({ where, got: describeValue(given), want: `the bytes of ${want}` });
  const identity = identify(bytes);
  const { format } = identity;
  if ((format !== 'pytorch-zip' && format !== 'pytorch-legacy') || identity.isCut) {
    throw otherFileError(identity, where, want);
  }
  const root = format === 'pytorch-zip' ? readZip(bytes, where) : readLegacy(bytes, where);
  const { path, views } = findWeights(root, where);
  checkTotal(views.values(), bytes.length, where);
  const prefix = sharedPrefix(views.keys());
  const producer = findProducer(root);
  return {
    format,
    ...(producer === undefined ? {} : { producer }),
    ...(path.length === 0 ? {} : { container: path.join('.') }),
    ...(prefix === '' ? {} : { prefix }),
    tensors: new Map(
      [...views].map(([key, view]): [string, StoredTensor] => {
        const name = withoutPrefix(key, prefix);
        return [name, storedTensor(view, where, name)];
      }),
    ),
  };
}

function findProducer(root: Value): string | undefined {
  const version = isDict(root) ? root.entries.get('pytorch-lightning_version') : undefined;
  return typeof version === 'string' ? `PyTorch Lightning ${version.slice(0, 40)}` : undefined;
}
