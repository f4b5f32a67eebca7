import { type ErrorTable, formatErrorTable } from './error-table.js';
import { isError } from './tags.js';

/** What every Strata error says: where it happened, what was there, what was wanted, what to do. */
export interface Complaint {
  /** The node, file, device or argument, for example `inception3a.branch2.conv (conv2d)`. */
  readonly where: string;
  /** What was found there. */
  readonly got: string;
  /** What was wanted instead. */
  readonly want?: string;
  /** How to fix it. */
  readonly hint?: string;
  /** What `got` counts, one by one. */
  readonly table?: ErrorTable | undefined;
  readonly cause?: unknown;
}

/** The codes of all errors below. */
const codes: readonly string[] = ['SHAPE', 'GRAPH', 'WEIGHTS', 'UNSUPPORTED', 'DEVICE', 'INPUT', 'DISPOSED'];

/** The base of all errors that Strata throws on purpose. `code` is stable; the wording is not. */
export abstract class StrataError extends Error {
  abstract readonly code: string;
  readonly where: string;
  readonly hint: string | undefined;
  /** What the message lists below its first line, in full; where it lists something. */
  declare readonly table?: ErrorTable;

  constructor({ where, got, want, hint, table, cause }: Complaint) {
    const wanted = want === undefined ? '' : `, want ${want}`;
    const advice = hint === undefined ? '' : `; ${hint}`;
    const summary = `${where}: ${got}${wanted}${advice}`;
    super(
      table === undefined ? summary : `${summary}\n${formatErrorTable(table)}`,
      cause === undefined ? undefined : { cause },
    );
    this.where = where;
    this.hint = hint;
    // Not enumerable: consoles print the message, which has it.
    if (table !== undefined) Object.defineProperty(this, 'table', { value: table });
  }

  /** The message's first line, without the table. */
  get summary(): string {
    return this.table === undefined ? this.message : this.message.slice(0, -1 - formatErrorTable(this.table).length);
  }

  /**
   * Also for errors of another copy of this package in the process, or of another realm, as Jest and frames have: these
   * are known by their `code`.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: the class that is asked about, mostly one that extends this.
    return isOf(this, value);
  }
}

function isOf(asked: typeof StrataError, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(asked, value)) return true;
  if (!isError(value) || !('code' in value && 'where' in value) || typeof value.where !== 'string') return false;
  const own = Object.getOwnPropertyDescriptor(asked, 'code')?.value;
  return asked === StrataError ? codes.includes(String(value.code)) : value.code === own;
}

/** A tensor, window or axis does not fit. */
export class ShapeError extends StrataError {
  override readonly name = 'ShapeError';
  static readonly code = 'SHAPE';
  readonly code = 'SHAPE';
}

/** A graph is not well formed, or names something that it does not have. */
export class GraphError extends StrataError {
  override readonly name = 'GraphError';
  static readonly code = 'GRAPH';
  readonly code = 'GRAPH';
}

/** Weights are missing, surplus, misshapen, not finite, or their file is damaged. */
export class WeightsError extends StrataError {
  override readonly name = 'WeightsError';
  static readonly code = 'WEIGHTS';
  readonly code = 'WEIGHTS';
}

/** Something valid that this backend, device or version cannot do. */
export class UnsupportedError extends StrataError {
  override readonly name = 'UnsupportedError';
  static readonly code = 'UNSUPPORTED';
  readonly code = 'UNSUPPORTED';
}

/** A device, or the library that drives it, is not there, was lost, or failed. */
export class DeviceError extends StrataError {
  override readonly name = 'DeviceError';
  static readonly code = 'DEVICE';
  readonly code = 'DEVICE';
  /** What would bring the device, where only a part that can be had is missing: a package, a file, a header. */
  readonly missing: string | undefined;

  constructor({ missing, ...complaint }: Complaint & { readonly missing?: string }) {
    super(complaint);
    this.missing = missing;
  }

  /** Our own errors and aborts as they are; anything else that `library` threw as a `DeviceError`. */
  static wrap(thrown: unknown, where: string, library: string): unknown {
    if (thrown instanceof StrataError || (isError(thrown) && thrown.name === 'AbortError')) return thrown;
    return new DeviceError({ where, got: `${library} failed: ${messageOf(thrown)}`, cause: thrown });
  }
}

/** A picture, array or data file cannot be used. */
export class InputError extends StrataError {
  override readonly name = 'InputError';
  static readonly code = 'INPUT';
  readonly code = 'INPUT';
}

/** A backend, executable or network was used after `dispose()`. */
export class DisposedError extends StrataError {
  override readonly name = 'DisposedError';
  static readonly code = 'DISPOSED';
  readonly code = 'DISPOSED';
}

/** The text of anything that was thrown, without its class or stack. */
export function messageOf(thrown: unknown): string {
  return isError(thrown) ? thrown.message : String(thrown);
}

/** What brings a native package that failed to load: `install`, unless it is Node that was told to load none. */
export function cureOf(thrown: unknown, install: string): string {
  const forbidden = isError(thrown) && 'code' in thrown && thrown.code === 'ERR_DLOPEN_DISABLED';
  return forbidden ? 'start Node with --allow-addons' : install;
}
