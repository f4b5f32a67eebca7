import { StrataError } from '@strata/core';

/** The words on the command line were wrong: exit code 2. */
export class UsageError extends StrataError {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}
