import { latin1 } from './bytes.js';
import type { FileFormat } from './formats.js';

/** Bytes that a file of a format begins with. */
interface Signature {
  readonly format: FileFormat;
  /** A byte for each character. */
  readonly start: string;
  /** Where it stands, in bytes; 0 by default. */
  readonly at?: number;
  /** What stands at 0, where the signature is further behind. */
  readonly first?: string;
}

const signatures: readonly Signature[] = [
  { format: 'npy', start: '\x93NUMPY' },
  { format: 'wasm', start: '\0asm' },
  { format: 'gguf', start: 'GGUF' },
  { format: 'tflite', start: 'TFL3', at: 4 },
  { format: 'jpeg', start: '\xff\xd8\xff' },
  { format: 'png', start: '\x89PNG\r\n\x1a\n' },
  { format: 'webp', start: 'WEBP', at: 8, first: 'RIFF' },
  { format: 'gif', start: 'GIF87a' },
  { format: 'gif', start: 'GIF89a' },
  // Four bytes behind the size are reserved, so that a text that begins with BM is none.
  { format: 'bmp', start: '\0\0\0\0', at: 6, first: 'BM' },
  { format: 'tiff', start: 'II*\0' },
  { format: 'tiff', start: 'MM\0*' },
  { format: 'tiff', start: 'II+\0' },
  { format: 'tiff', start: 'MM\0+' },
  { format: 'avif', start: 'ftypavi', at: 4 },
  { format: 'heic', start: 'ftyphei', at: 4 },
  { format: 'heic', start: 'ftyphev', at: 4 },
  { format: 'heic', start: 'ftypmif1', at: 4 },
  { format: 'heic', start: 'ftypmsf1', at: 4 },
  ...['isom', 'iso', 'mp4', 'M4V', 'avc1', 'qt', '3gp'].map(
    (brand) => ({ format: 'video', start: `ftyp${brand}`, at: 4 }) as const,
  ),
  { format: 'video', start: '\x1aE\xdf\xa3' },
  { format: 'video', start: 'AVI ', at: 8, first: 'RIFF' },
  { format: 'ico', start: '\0\0\x01\0' },
  { format: 'jxl', start: '\xff\x0a' },
  { format: 'jxl', start: '\0\0\0\x0cJXL ' },
  { format: 'psd', start: '8BPS' },
  { format: 'pdf', start: '%PDF-' },
  { format: 'gzip', start: '\x1f\x8b' },
  { format: 'bzip2', start: '1AY&SY', at: 4, first: 'BZh' },
  { format: 'xz', start: '\xfd7zXZ\0' },
  { format: 'zstd', start: '\x28\xb5\x2f\xfd' },
  { format: '7z', start: '7z\xbc\xaf\x27\x1c' },
  { format: 'rar', start: 'Rar!\x1a\x07' },
];

/** The format whose first bytes these are. */
export function findSignature(bytes: Uint8Array): FileFormat | undefined {
  const head = latin1(bytes, 0, 32);
  const found = signatures.find(
    ({ start, at = 0, first = '' }) => head.startsWith(first) && head.startsWith(start, at),
  );
  // Both are the same container, whose first brand may be the common one.
  return found?.format === 'heic' && head.includes('avif', 12) ? 'avif' : found?.format;
}
