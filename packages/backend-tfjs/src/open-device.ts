import type { Session } from './session.js';

/** A device of tfjs that is open. */
export interface OpenDevice {
  readonly session: Session;
  /** The result of `work`, or the error that the device reported during it and the library did not notice. */
  guard?<T>(work: () => Promise<T>): Promise<T>;
  /** Frees what the library keeps for reuse and nobody uses. */
  trim?(): void;
  close(): void;
}
