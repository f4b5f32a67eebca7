import type { Session } from './session.js';

/** A device of tfjs that is open. */
export interface OpenDevice {
  readonly session: Session;
  /** The result of `work`, or the error that the device reported meanwhile and the library did not notice. */
  guard?<T>(work: () => Promise<T>): Promise<T>;
  /** Gives back what the library keeps to use again, and nobody uses. */
  trim?(): void;
  close(): void;
}
