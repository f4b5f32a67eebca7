import type { Stamp } from './stamp.js';

/** A copy that an earlier download kept. */
export interface Kept {
  readonly bytes: Uint8Array;
  readonly stamp: Stamp;
}

/** Where copies are kept; any of these may fail, for want of room, permission or the platform's help. */
export interface Store {
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` where there is none, or a damaged one. */
  find(url: string): Promise<Kept | undefined>;
  /** A copy appears whole, or not at all. */
  keep(url: string, copy: Kept): Promise<void>;
  drop(url: string): Promise<void>;
}
