import { join } from 'node:path';
import { cacheRoot, type Environment } from '../download/cache-folder.js';

/** Where the data set is kept: `fashion-mnist` in `$STRATA_CACHE`, or in `strata` in the system's folder for caches. */
export function cacheFolder(environment?: Environment, system?: string): string {
  return join(cacheRoot(environment, system), 'fashion-mnist');
}
