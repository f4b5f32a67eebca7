import type { Call } from './pickle/call.js';
import type { Cursor } from './pickle/cursor.js';
import { describe, type Global, isDict, isGlobal, isList, isTuple, type Value } from './pickle/values.js';
import { refusedName } from './refusals.js';
import { elementTypesOfTorch, storageTypes } from './storages.js';
import { rebuilders } from './tensors.js';

const inert =
  (name: string): Call =>
  () => ({ kind: 'inert', name });

const emptyDict: Call = () => ({ kind: 'dict', entries: new Map() });

/** Entries come as opcodes of their own, in Python 2 as a list of pairs, or as another dictionary. */
const dictOf: Call = ([given], cursor) => {
  if (given === undefined) return { kind: 'dict', entries: new Map() };
  if (isDict(given)) return { kind: 'dict', entries: new Map(given.entries) };
  if (!isList(given)) throw cursor.fault(`a dictionary of ${describe(given)}`, 'pairs');
  return {
    kind: 'dict',
    entries: new Map(
      given.items.map((pair): [Value, Value] => {
        if ((!isList(pair) && !isTuple(pair)) || pair.items.length !== 2) {
          throw cursor.fault(`a dictionary with ${describe(pair)}`, 'pairs');
        }
        return [pair.items[0], pair.items[1]];
      }),
    ),
  };
};

const sizes: Call = ([given], cursor) => {
  if (!isTuple(given)) throw cursor.fault(`a torch.Size of ${describe(given)}`, 'a tuple');
  return given;
};

/** A tensor of a class of its own, or with attributes: a function, a class, the function's arguments, the attributes. */
const fromType: Call = ([rebuild, type, args], cursor) => {
  const call = isGlobal(rebuild) ? rebuilders.get(rebuild.name) : undefined;
  if (call === undefined || !isGlobal(type) || !isTuple(args)) {
    throw cursor.fault(`a tensor by ${describe(rebuild)} of ${describe(type)}`);
  }
  return call(args.items, cursor);
};

/** Whatever may be called. Other names are refused before they come to that. */
const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ...rebuilders,
  ['torch._tensor._rebuild_from_type_v2', fromType],
  ['torch.Size', sizes],
  ['collections.OrderedDict', dictOf],
  ['collections.Counter', dictOf],
  ['collections.defaultdict', emptyDict],
  // Lightning's hyperparameters.
  ['lightning.fabric.utilities.data.AttributeDict', dictOf],
  ['lightning_fabric.utilities.data.AttributeDict', dictOf],
  ['pytorch_lightning.utilities.parsing.AttributeDict', dictOf],
  // Of these only that they are there is known.
  ...[
    ...(['torch.device', 'torch.serialization._get_layout', '_codecs.encode', 'argparse.Namespace'] as const),
    ...(['builtins.set', 'builtins.frozenset', 'builtins.bytearray', 'builtins.complex', 'builtins.slice'] as const),
    ...(['numpy.dtype', 'numpy.core.multiarray.scalar', 'numpy._core.multiarray.scalar'] as const),
    ...(['pathlib.Path', 'pathlib.PosixPath', 'pathlib.WindowsPath'] as const),
    ...(['pathlib.PurePosixPath', 'pathlib.PureWindowsPath', 'datetime.timedelta'] as const),
  ].map((name): [string, Call] => [name, inert(name)]),
]);

/** Names that stand for themselves and are not called: types, and what a `defaultdict` makes. */
const plain: ReadonlySet<string> = new Set([
  ...storageTypes.keys(),
  ...elementTypesOfTorch.keys(),
  ...(['torch.Tensor', 'torch.nn.parameter.Buffer'] as const),
  ...(['torch.strided', 'torch.contiguous_format', 'torch.channels_last', 'torch.preserve_format'] as const),
  ...(['int', 'float', 'str', 'bool', 'bytes', 'list', 'dict', 'tuple'] as const).map((name) => `builtins.${name}`),
]);

/** A class or function of the list; `WeightsError` names any other. */
export function findGlobal(name: string, where: string): Global {
  if (calls.has(name) || plain.has(name)) return { kind: 'global', name };
  throw refusedName(name, where);
}

export function callGlobal({ name }: Global, args: readonly Value[], cursor: Cursor): Value {
  const call = calls.get(name);
  if (call === undefined) throw cursor.fault(`a call of ${name}`, 'a function of the list');
  return call(args, cursor);
}
