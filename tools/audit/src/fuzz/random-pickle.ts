import { joinBytes, littleEndian, type Pickled, pickleOf } from '@strata/trials/files';
import type { Draw } from './draw.js';

const bytesOf = (...codes: readonly number[]) => Uint8Array.from(codes);

/** Opcodes with something behind them that fits, more or less. */
const codes: readonly ((draw: Draw) => Pickled)[] = [
  ...['(', ')', 't', ']', '}', 'a', 'e', 's', 'u', 'R', 'b', '0', '1', '2', 'N', 'l', 'd', 'Q'].map(
    (code) => () => joinBytes(code),
  ),
  ...[0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94].map((code) => () => bytesOf(code)),
  (draw) => joinBytes('K', draw.bytes(1)),
  (draw) => joinBytes('J', draw.bytes(4)),
  (draw) => joinBytes('G', draw.bytes(8)),
  (draw) => joinBytes(bytesOf(0x8a), littleEndian(1, draw.below(12)), draw.bytes(draw.below(12))),
  (draw) => joinBytes(bytesOf(0x8b), littleEndian(4, draw.one([0, 9, 2000, 2 ** 31])), draw.bytes(9)),
  (draw) => joinBytes('q', littleEndian(1, draw.below(5))),
  (draw) => joinBytes('h', littleEndian(1, draw.below(5))),
  (draw) => joinBytes('r', littleEndian(4, draw.one([0, 1, 2 ** 32 - 1]))),
  (draw) => joinBytes('X', littleEndian(4, draw.one([0, 3, 7, 2 ** 32 - 1])), draw.one(texts)),
  (draw) => joinBytes(bytesOf(0x8d), littleEndian(8, draw.one([3, 7, 2 ** 53, 2 ** 64])), draw.one(texts)),
  (draw) => joinBytes('c', draw.one(names)),
  (draw) => draw.bytes(1),
];

const texts = ['storage', '0', 'cpu', 'weight', 'a.b', ''];

const names = [
  'collections\nOrderedDict\n',
  'torch._utils\n_rebuild_tensor_v2\n',
  'torch._utils\n_rebuild_parameter\n',
  'torch._tensor\n_rebuild_from_type_v2\n',
  'torch\nFloatStorage\n',
  'torch\nSize\n',
  'numpy.core.multiarray\nscalar\n',
  'posix\nsystem\n',
  'x',
];

/** A pickle of opcodes in any order; often the machine refuses it soon, so it is drawn often. */
export function randomPickle(draw: Draw): Uint8Array {
  return pickleOf(joinBytes(...Array.from({ length: 1 + draw.below(60) }, () => draw.one(codes)(draw))));
}
