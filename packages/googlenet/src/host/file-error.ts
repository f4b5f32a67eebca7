import { isError, messageOf } from '@strata/core';

/** What a failed file operation found, in words. */
export function describeFileError(error: unknown): string {
  switch (isError(error) && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EISDIR':
      return 'a folder';
    case 'EACCES':
    case 'EPERM':
      return 'a file that may not be read';
    default:
      return messageOf(error);
  }
}

/** Why nothing can be written, in words. */
export function describeWriteError(error: unknown): string {
  switch (isError(error) && 'code' in error ? error.code : undefined) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no space left';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'no permission to write';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a file where a folder should be';
    default:
      return messageOf(error);
  }
}
