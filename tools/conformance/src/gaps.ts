/** An official case or op that a device is known not to run, or that its library gets wrong. */
export interface KnownGap {
  /** Name of the official case, or op with its attribute. */
  readonly what: string;
  /** `backend/device`. */
  readonly on: string;
  /** Date of the finding, year-month-day. */
  readonly since: string;
  readonly reason: string;
}

/** Everything that may be left out of a comparison. A gap that is not listed here fails the suite. */
export const knownGaps: readonly KnownGap[] = [];
