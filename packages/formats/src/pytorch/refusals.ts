import { WeightsError } from '@strata/core';
import { quoteName } from '../quote-name.js';

const stateDict = 'torch.save(model.state_dict(), "weights.pth")';

/** For weights that were made smaller: their numbers alone are no weights. */
export const saveUnquantised = `in Python, save the model as it was before: ${stateDict}`;

const alone = `in Python, save the weights alone: ${stateDict}`;

/** Classes and functions of torch that no plain weights have: what they stand for, and the way out. */
const kinds: readonly (readonly [names: RegExp, what: string, hint: string])[] = [
  [
    /_rebuild_qtensor$|\bQU?Int\w+Storage$|^torch\.qu?int\w+$|\.quantized\.|\.quantization\./,
    'quantised weights',
    saveUnquantised,
  ],
  [/_rebuild_sparse|sparse_c[os]/, 'sparse tensors', 'in Python, call to_dense() on each, and torch.save them again'],
  [
    /DTensor$|\.distributed\.|_sharded_tensor/,
    'tensors that are spread over machines',
    `in Python, gather them (full_tensor()) and torch.save them again`,
  ],
  [/_rebuild_nested/, 'nested tensors', alone],
  [/_rebuild_meta_tensor/, 'tensors without data (of device meta)', `${alone}, with their data loaded`],
  [/_rebuild_wrapper_subclass/, 'tensors of a class that torch does not have', alone],
  [
    /numpy\.(_?core\.multiarray\._reconstruct|ndarray)$/,
    'NumPy arrays',
    'in Python, torch.from_numpy each, and torch.save them',
  ],
  [
    /^(os|posix|nt|subprocess|sys|shutil|socket|runpy|pty|commands|importlib|ctypes|webbrowser|pickle)\.|^builtins\.(eval|exec|compile|open|getattr|__import__)$/,
    'a command, which Python would run',
    'do not open it in Python; get the weights from a source that you trust',
  ],
];

/** The error for a class or function that is not on the list. It was not called. */
export function refusedName(name: string, where: string): WeightsError {
  const [, what, hint] = kinds.find(([names]) => names.test(name)) ?? [
    undefined,
    'an object of Python, not weights alone',
    alone,
  ];
  return new WeightsError({ where, got: `it holds ${quote(name)}: ${what}`, want: 'tensors and plain data', hint });
}

/** A dotted name on one line, and short enough to print. */
function quote(name: string): string {
  const quoted = JSON.stringify(name).slice(1, -1);
  return quoted.length > 100 ? `${quoted.slice(0, 100)}…` : quoted;
}

/** For a file that has other things than weights. */
export const saveStateDict = alone;

/** `order` is what the file says: torch writes the order of the machine that it runs on. */
export function refuseBigEndian(order: string, where: string): void {
  if (order === 'little') return;
  const got = order === 'big' ? 'numbers of a big-endian machine' : 'numbers of an unknown byte order';
  const hint = `in Python, on any other machine: torch.save(torch.load(file, weights_only=True), "weights.pth")`;
  throw new WeightsError({ where, got, want: 'little-endian ones', hint });
}

export function wrongSize(name: string, bytes: number, want: number, where: string): WeightsError {
  const hint = 'the file is damaged: get it again';
  return new WeightsError({
    where: `${where}: entry ${quoteName(name)}`,
    got: `${bytes} bytes`,
    want: `${want}`,
    hint,
  });
}
