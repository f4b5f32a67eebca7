/** What every Strata error says: where it happened, what was there, what was wanted, what to do. */
export interface Complaint {
  /** The node, file, device or argument, for example `inception3a.branch2.conv (conv2d)`. */
  readonly where: string;
  /** What was found there. */
  readonly got: string;
  /** What was wanted instead. */
  readonly want?: string;
  /** How to mend it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The base of all errors that Strata throws on purpose. `code` is stable; the wording is not. */
export abstract class StrataError extends Error {
  abstract readonly code: string;
  readonly where: string;
  readonly hint: string | undefined;

  constructor({ where, got, want, hint, cause }: Complaint) {
    const wanted = want === undefined ? '' : `, want ${want}`;
    const advice = hint === undefined ? '' : `; ${hint}`;
    super(`${where}: ${got}${wanted}${advice}`, cause === undefined ? undefined : { cause });
    this.where = where;
    this.hint = hint;
  }
}

/** A tensor, window or axis does not fit. */
export class ShapeError extends StrataError {
  override readonly name = 'ShapeError';
  readonly code = 'SHAPE';
}

/** A graph is not well formed, or names something that it does not have. */
export class GraphError extends StrataError {
  override readonly name = 'GraphError';
  readonly code = 'GRAPH';
}

/** Weights are missing, surplus, misshapen, not finite, or their file is damaged. */
export class WeightsError extends StrataError {
  override readonly name = 'WeightsError';
  readonly code = 'WEIGHTS';
}

/** Something right in itself that this backend, device or version does not do. */
export class UnsupportedError extends StrataError {
  override readonly name = 'UnsupportedError';
  readonly code = 'UNSUPPORTED';
}

/** A device, or the library that drives it, is not there, was lost, or failed. */
export class DeviceError extends StrataError {
  override readonly name = 'DeviceError';
  readonly code = 'DEVICE';

  /** Our own errors and aborts as they are; anything else that `library` threw as a `DeviceError`. */
  static wrap(thrown: unknown, where: string, library: string): unknown {
    if (thrown instanceof StrataError || (thrown instanceof Error && thrown.name === 'AbortError')) return thrown;
    return new DeviceError({ where, got: `${library} failed: ${messageOf(thrown)}`, cause: thrown });
  }
}

/** A picture, array or data file cannot be used. */
export class InputError extends StrataError {
  override readonly name = 'InputError';
  readonly code = 'INPUT';
}

/** A backend, executable or network was used after `dispose()`. */
export class DisposedError extends StrataError {
  override readonly name = 'DisposedError';
  readonly code = 'DISPOSED';
}

/** The text of anything that was thrown, without its class or stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
