import { parseNpy } from '@strata/formats/npy';
import { joinBytes, littleEndian } from '@strata/trials/files';
import type { Draw } from '../draw.js';
import { mutate } from '../mutate.js';
import type { Subject } from './subject.js';

const header = (shape: string) => `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;

/** Version 1 has a length of 2 bytes, the others one of 4; the data start at a multiple of 64. */
function fileOf(text: Uint8Array, dataBytes: number, version = 1): Uint8Array {
  const width = version === 1 ? 2 : 4;
  const padding = 63 - ((8 + width + text.length) % 64);
  const magic = joinBytes(Uint8Array.of(0x93), 'NUMPY', Uint8Array.of(version, 0));
  const padded = joinBytes(text, ' '.repeat(padding), '\n');
  return joinBytes(magic, littleEndian(width, padded.length), padded, new Uint8Array(dataBytes));
}

const many = (draw: Draw) => draw.one([1000, 30_000, 1_000_000]);

export const npy: Subject = {
  seeds: () => [1, 2, 3].map((version) => fileOf(joinBytes(header('(2, 3)')), 24, version)),
  traps: [
    (draw) => fileOf(mutate(joinBytes(header('(2, 3)')), draw, [joinBytes(header('()'))]), 24, 2),
    (draw) => fileOf(joinBytes(header(`(${'1, '.repeat(many(draw))})`)), 4, 2),
    (draw) => fileOf(joinBytes(header(`(${draw.one(['9', '(', ' ', ', '])}`.repeat(many(draw)))), 4, 2),
    (draw) => fileOf(joinBytes(draw.one(["'descr':", "'descr' ", '{', "'"]).repeat(many(draw))), 4, 2),
  ],
  read: (bytes) => void parseNpy(bytes, 'f'),
};
