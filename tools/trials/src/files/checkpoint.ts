import { joinBytes, littleEndian } from './bytes.js';
import {
  none,
  type Pickled,
  pickleBuilt,
  pickleCall,
  pickleDict,
  pickleGlobal,
  pickleInteger,
  pickleList,
  pickleOf,
  picklePersistent,
  pickleText,
  pickleTuple,
} from './pickle.js';
import { type ZipOptions, zipOf } from './zip.js';

/** Numbers of which tensors are views. */
export interface Numbers {
  readonly key: string;
  /** torch's class, `'FloatStorage'`. */
  readonly type: string;
  readonly elements: number;
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

/** How a tensor lies in its storage, in elements. */
export interface Placing {
  readonly offset?: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const noHooks = pickleCall(pickleGlobal('collections', 'OrderedDict'));
const no = joinBytes(Uint8Array.of(0x89));
const sizes = (numbers: readonly number[]) => pickleTuple(...numbers.map(pickleInteger));

/** A storage as a checkpoint names it. */
export function pickleStorage({ key, type, elements }: Numbers, location = 'cpu'): Pickled {
  const module = type === 'UntypedStorage' ? 'torch.storage' : 'torch';
  return picklePersistent(
    pickleTuple(
      pickleText('storage'),
      pickleGlobal(module, type),
      pickleText(key),
      pickleText(location),
      pickleInteger(elements),
    ),
  );
}

export function pickleTensor(numbers: Numbers, { offset = 0, shape, strides }: Placing, location = 'cpu'): Pickled {
  const storage = pickleStorage(numbers, location);
  const rebuild = pickleGlobal('torch._utils', '_rebuild_tensor_v2');
  return pickleCall(rebuild, storage, pickleInteger(offset), sizes(shape), sizes(strides), no, noHooks);
}

/** A tensor as an `nn.Parameter`. */
export function pickleParameter(tensor: Pickled): Pickled {
  return pickleCall(pickleGlobal('torch._utils', '_rebuild_parameter'), tensor, no, noHooks);
}

/** What `model.state_dict()` gives: an OrderedDict with an attribute. */
export function pickleStateDict(tensors: Iterable<readonly [name: string, tensor: Pickled]>): Pickled {
  const entries = [...tensors].flatMap(([name, tensor]) => [pickleText(name), tensor]);
  return pickleBuilt(joinBytes(noHooks, '(', ...entries, 'u'), pickleDict([[pickleText('_metadata'), noHooks]]));
}

/** A plain dictionary by names. */
export function pickleNamed(entries: Iterable<readonly [name: string, value: Pickled]>): Pickled {
  return pickleDict([...entries].map(([name, value]) => [pickleText(name), value]));
}

/** Options of `zipCheckpoint`. */
export interface ZipCheckpointOptions extends ZipOptions {
  readonly folder?: string;
  readonly protocol?: number;
  /** Content of the record `byteorder`; empty for a file of before torch 2.1, which has no such record. */
  readonly order?: string;
}

/** What `torch.save` writes today. */
export function zipCheckpoint(
  root: Pickled,
  storages: readonly Numbers[],
  { folder = 'net', protocol = 2, order = 'little', ...options }: ZipCheckpointOptions = {},
): Uint8Array<ArrayBuffer> {
  return zipOf(
    [
      [`${folder}/data.pkl`, pickleOf(root, protocol)],
      ...(order === '' ? [] : [[`${folder}/byteorder`, order] as const]),
      ...storages.map(({ key, bytes }) => [`${folder}/data/${key}`, bytes] as const),
      [`${folder}/version`, '3\n'],
    ],
    options,
  );
}

/** What `torch.save` wrote before 2020, and writes where it is asked to. */
export function legacyCheckpoint(root: Pickled, storages: readonly Numbers[], littleEndianMachine = true): Uint8Array {
  const magic = Uint8Array.of(0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
  const system = pickleNamed([
    ['protocol_version', pickleInteger(1001)],
    ['little_endian', joinBytes(Uint8Array.of(littleEndianMachine ? 0x88 : 0x89))],
    ['type_sizes', none],
  ]);
  return joinBytes(
    pickleOf(magic),
    pickleOf(pickleInteger(1001)),
    pickleOf(system),
    pickleOf(root),
    pickleOf(pickleList(...storages.map(({ key }) => pickleText(key)))),
    ...storages.flatMap(({ elements, bytes }) => [littleEndian(8, elements), bytes]),
  );
}
