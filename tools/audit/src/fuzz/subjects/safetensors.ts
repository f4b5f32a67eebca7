import { openSafetensors, writeSafetensors } from '@strata/formats/safetensors';
import { randomTensor } from '@strata/trials';
import { joinBytes, littleEndian } from '@strata/trials/files';
import type { Draw } from '../draw.js';
import { mutate } from '../mutate.js';
import { readAll, type Subject } from './subject.js';

function written(dtype: 'F32' | 'F16' | 'BF16'): Uint8Array {
  const weights = { 'conv.weight': randomTensor([3, 2, 1], 1), 'conv.bias': randomTensor([3], 2) };
  return writeSafetensors(weights, { dtype, metadata: { format: 'pt' } });
}

/** A header of this text, with its right length, and data. */
function fileOf(header: Uint8Array, dataBytes: number): Uint8Array {
  return joinBytes(littleEndian(8, header.length), header, new Uint8Array(dataBytes));
}

function headerOf(file: Uint8Array): Uint8Array {
  return file.subarray(8, 8 + new DataView(file.buffer, file.byteOffset).getUint32(0, true));
}

const many = (draw: Draw) => draw.one([1000, 30_000, 300_000]);

export const safetensors: Subject = {
  seeds: () => [written('F32'), written('F16'), written('BF16'), fileOf(joinBytes('{}'), 0)],
  traps: [
    (draw) => fileOf(mutate(headerOf(written('F32')), draw, [headerOf(written('F16'))]), 36),
    (draw) => fileOf(mutate(headerOf(written('F32')), draw, [headerOf(written('F16'))]), 36),
    (draw) => fileOf(joinBytes('{"a":', draw.one(['[', '{"a":', '"\\', '1', ' ']).repeat(many(draw))), 0),
    (draw) => fileOf(joinBytes(`{${'"a":{},'.repeat(many(draw))}"b":{}}`), 0),
    (draw) => {
      const entry = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}';
      const names = Array.from(
        { length: Math.min(many(draw), 30_000) },
        (_, at) => `"${draw.once(999) ? 0 : at}":${entry}`,
      );
      return fileOf(joinBytes(`{${names.join(',')}}`), 0);
    },
    (draw) => fileOf(joinBytes(`{"a":{"dtype":"F32","shape":[${'9,'.repeat(many(draw))}0],"data_offsets":[0,0]}}`), 0),
  ],
  read: (bytes) => readAll(openSafetensors(bytes, 'f').tensors.values()),
};
