import { joinBytes, littleEndian } from './bytes.js';

/** A piece of a pickle that leaves one value on the machine's stack. */
export type Pickled = Uint8Array;

export const none: Pickled = joinBytes('N');

export function pickleText(text: string): Pickled {
  const bytes = joinBytes(text);
  return joinBytes('X', littleEndian(4, bytes.length), bytes);
}

/** A whole number of 0 or more. */
export function pickleInteger(value: number): Pickled {
  if (value < 256) return joinBytes('K', littleEndian(1, value));
  if (value < 2 ** 31) return joinBytes('J', littleEndian(4, value));
  // LONG1, with a byte for the sign.
  return joinBytes(littleEndian(1, 0x8a), littleEndian(1, 8), littleEndian(8, value));
}

export function pickleTuple(...items: readonly Pickled[]): Pickled {
  return joinBytes('(', ...items, 't');
}

export function pickleList(...items: readonly Pickled[]): Pickled {
  return joinBytes('](', ...items, 'e');
}

export function pickleDict(entries: Iterable<readonly [key: Pickled, value: Pickled]>): Pickled {
  return joinBytes('}(', ...[...entries].flat(), 'u');
}

/** A class or function, by name. */
export function pickleGlobal(module: string, name: string): Pickled {
  return joinBytes('c', `${module}\n${name}\n`);
}

export function pickleCall(callee: Pickled, ...args: readonly Pickled[]): Pickled {
  return joinBytes(callee, pickleTuple(...args), 'R');
}

/** A value with attributes. */
export function pickleBuilt(value: Pickled, state: Pickled): Pickled {
  return joinBytes(value, state, 'b');
}

/** What lies outside of the pickle, by what names it. */
export function picklePersistent(id: Pickled): Pickled {
  return joinBytes(id, 'Q');
}

/** A whole pickle. */
export function pickleOf(value: Pickled, protocol = 2): Uint8Array<ArrayBuffer> {
  return joinBytes(Uint8Array.of(0x80, protocol), value, '.');
}
