import { quoteName } from '../quote-name.js';
import type { FileFormat, Identity } from './formats.js';

const downloadAgain = 'a download or copy did not finish: get it again';
const page = 'a server may answer a missing file, or one that needs a login, with a page: look at the URL';

/** What helps with a file that stands in another's place, whatever was wanted. */
const waysOut: Readonly<Partial<Record<FileFormat, string>>> = {
  'git-lfs': 'run "git lfs pull", or download the file itself',
  html: page,
  xml: page,
  empty: downloadAgain,
  zeros: downloadAgain,
  gzip: 'unpack it first (gunzip)',
  bzip2: 'unpack it first (bunzip2)',
  xz: 'unpack it first (unxz)',
  zstd: 'unpack it first (unzstd)',
  zip: 'unpack it first',
  tar: 'unpack it first',
  '7z': 'unpack it first',
  rar: 'unpack it first',
};

/** What to do with a file that stands in the place of the one that was wanted; `undefined` where that depends on both. */
export function wayOut({ format, files, isCut }: Identity): string | undefined {
  if (isCut) return downloadAgain;
  const way = waysOut[format];
  return way === undefined || files.length === 0 ? way : `${way}; it holds ${quoteFiles(files)}`;
}

/** Names from a file, quoted, on one line, and short enough to print. */
export function quoteFiles(files: readonly string[]): string {
  return files.map((file) => quoteName(file, 60)).join(', ');
}

const pictures: readonly FileFormat[] = [
  ...(['jpeg', 'png', 'webp', 'gif', 'bmp', 'avif', 'tiff', 'svg', 'heic', 'ico', 'jxl', 'psd'] as const),
];

/** Whether it is a picture, one that is read here or not. */
export function isPictureFormat(format: FileFormat): boolean {
  return pictures.includes(format);
}

const weights: readonly FileFormat[] = [
  ...(['safetensors', 'safetensors-index', 'pytorch-zip', 'pytorch-legacy', 'pytorch-tar', 'torchscript'] as const),
  ...(['exported-program', 'onnx', 'caffe', 'caffe-v0', 'keras-h5', 'keras-zip', 'hdf5', 'tfjs-model'] as const),
  ...(['tensorflow', 'tflite', 'gguf'] as const),
];

/** Whether it holds or describes weights, in a format that is read here or not. */
export function isWeightsFormat(format: FileFormat): boolean {
  return weights.includes(format);
}
