import { deflateRawSync } from 'node:zlib';
import { openPyTorch } from '@strata/formats/pytorch';
import {
  joinBytes,
  legacyCheckpoint,
  littleEndian,
  type Numbers,
  type Pickled,
  pickleDict,
  pickleInteger,
  pickleNamed,
  pickleOf,
  pickleParameter,
  pickleStateDict,
  pickleTensor,
  pickleText,
  zipCheckpoint,
  zipOf,
} from '@strata/trials/files';
import type { Draw } from '../draw.js';
import { mutate } from '../mutate.js';
import { randomPickle } from '../random-pickle.js';
import { repeatBytes } from '../repeat-bytes.js';
import { fixture, readAll, type Subject } from './subject.js';

const numbers: readonly Numbers[] = [
  { key: '0', type: 'FloatStorage', elements: 6, bytes: new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer) },
  { key: '1', type: 'HalfStorage', elements: 4, bytes: Uint8Array.of(0, 60, 0, 64, 0, 66, 1, 0) },
  { key: '2', type: 'LongStorage', elements: 1, bytes: Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0) },
];
const [floats, halves, steps] = numbers;
const matrix = pickleTensor(floats, { shape: [2, 3], strides: [1, 2] });
const weights = pickleStateDict([
  ['module.conv.weight', matrix],
  ['module.conv.bias', pickleParameter(pickleTensor(halves, { offset: 1, shape: [3], strides: [1] }, 'cuda:0'))],
  ['module.norm.steps', pickleTensor(steps, { shape: [], strides: [] })],
]);
const checkpoint = pickleNamed([
  ['epoch', pickleInteger(3)],
  ['model_state_dict', weights],
  ['optimizer_state_dict', pickleNamed([['state', pickleDict([[pickleInteger(0), weights]])]])],
]);

const deflate = (bytes: Uint8Array) => deflateRawSync(bytes);

const packed = new Map<number, Uint8Array>();

/** So many zeros, packed; once, for that takes longer than to read them. */
function packedZeros(length: number): Uint8Array {
  const known = packed.get(length) ?? deflate(new Uint8Array(length));
  packed.set(length, known);
  return known;
}

/** How many of a thing a trap has. */
const many = (draw: Draw) => draw.one([1000, 10_000, draw.once(8) ? 1_000_000 : 30_000]);

function asFile(pickle: Uint8Array, draw: Draw): Uint8Array {
  const entries = numbers.map(({ key, bytes }) => [`x/data/${key}`, bytes] as const);
  return zipOf([['x/data.pkl', pickle], ...entries], draw.once(2) ? { deflate } : {});
}

const trap = (root: (draw: Draw) => Pickled) => (draw: Draw) => asFile(pickleOf(root(draw)), draw);

/** Storages of zeros, packed to a thousandth. */
function zipBomb(draw: Draw): Uint8Array {
  const bytes = new Uint8Array(draw.one([2 ** 16, 2 ** 22, 2 ** 25]));
  const zeros: Numbers = { key: '0', type: 'FloatStorage', elements: bytes.length / 4, bytes };
  const elements = draw.one([zeros.elements, 4, zeros.elements * 1000]);
  const tensor = pickleTensor({ ...zeros, elements }, { shape: [elements], strides: [1] });
  const twice: readonly Numbers[] = draw.once(2) ? [zeros] : [zeros, { ...zeros, key: '1' }];
  return zipCheckpoint(pickleNamed([['w', tensor]]), twice, {
    deflate: (content) => (content.length === bytes.length ? packedZeros(bytes.length) : deflate(content)),
  });
}

/** Many tensors, or a large one, of few numbers. */
function aliasBomb(draw: Draw): Uint8Array {
  const size = draw.one([6, 2 ** 10, 2 ** 20, 2 ** 40]);
  const tensor = pickleTensor(floats, { shape: [draw.one([1, size]), size], strides: [0, draw.below(2)] });
  const count = draw.one([1, 100, 1000]);
  const named = Array.from({ length: count }, (_, at): [string, Pickled] => [String(at), tensor]);
  return zipCheckpoint(pickleNamed(named), numbers);
}

export const pytorch: Subject = {
  seeds: () => [
    ...[weights, checkpoint].flatMap((root) => [
      zipCheckpoint(root, numbers),
      zipCheckpoint(root, numbers, { wide: true, wideEntries: true, alignment: 64, protocol: 4 }),
      zipCheckpoint(root, numbers, { deflate }),
      legacyCheckpoint(root, numbers),
    ]),
  ],
  fixtures: () => [fixture('tv16-bf16-legacy.pth'), fixture('tv16-f16-zip.pth')],
  traps: [
    (draw) => asFile(randomPickle(draw), draw),
    (draw) => asFile(randomPickle(draw), draw),
    (draw) => legacyCheckpoint(randomPickle(draw).subarray(2, -1), numbers),
    // The pickle is changed and packed anew, so that its length is right.
    (draw) => asFile(mutate(pickleOf(draw.one([weights, checkpoint])), draw, [pickleOf(weights)]), draw),
    (draw) => asFile(mutate(pickleOf(draw.one([weights, checkpoint])), draw, [pickleOf(weights)]), draw),
    zipBomb,
    aliasBomb,
    trap((draw) => repeatBytes(joinBytes(draw.one(['(', ']', '}', 'N', ')', ']2', '}2', 'K1'])), many(draw))),
    // Lists, tuples and dictionaries in each other.
    trap((draw) => joinBytes(repeatBytes(joinBytes(']'), many(draw)), repeatBytes(joinBytes('a'), 1000))),
    trap((draw) => joinBytes('N', repeatBytes(Uint8Array.of(draw.one([0x85, 0x94])), many(draw)))),
    trap((draw) =>
      joinBytes(
        '}',
        repeatBytes(joinBytes('X', littleEndian(4, 1), 'a', '}'), 30_000),
        repeatBytes(joinBytes('s'), draw.below(40_000)),
      ),
    ),
    // Each of the next holds the one before it twice: 2^60 of the first.
    trap(() => joinBytes(matrix, repeatBytes(joinBytes('q\0](h\0h\0e'), 60))),
    // A dictionary in itself, under names that are looked into.
    trap((draw) => joinBytes('}q\0', pickleText(draw.one(['model', 'x', 'state_dict'])), 'h\0s')),
    trap((draw) =>
      joinBytes(
        ...Array.from({ length: draw.one([1000, 20_000]) }, (_, at) => joinBytes('Nr', littleEndian(4, at), '0')),
        'N',
      ),
    ),
    trap((draw) =>
      pickleNamed(
        Array.from({ length: draw.one([1000, 8000]) }, (_, at): [string, Pickled] => [`${at}`, pickleDict([])]),
      ),
    ),
    (draw) =>
      zipOf(
        Array.from(
          { length: draw.one([2, 10, 3000]) },
          (_, at) => [`x/${draw.once(2) ? 'data.pkl' : at}`, pickleOf(weights)] as const,
        ),
      ),
  ],
  read: (bytes) => readAll(openPyTorch(bytes, 'f').tensors.values()),
};
