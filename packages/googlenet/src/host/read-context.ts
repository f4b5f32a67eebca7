import type { Complaint, StrataError } from '@strata/core';

/** How a failed read is told: which error class, and what was wanted there. */
export interface ReadContext {
  readonly Failure: new (complaint: Complaint) => StrataError;
  /** For example `'a picture file'`. */
  readonly want: string;
  /** What to do where the file is missing. */
  readonly hint?: string | undefined;
  /** What to do where a download was interrupted; try again, by default. */
  readonly retry?: string;
  /** What to do where no server answers. */
  readonly offline?: string;
  readonly signal?: AbortSignal | undefined;
}
