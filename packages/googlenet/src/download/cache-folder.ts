import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/** What `process.env` and its like hold. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where downloads are kept: `STRATA_CACHE`, or `strata` in the system's folder for caches. */
export function cacheRoot(environment: Environment = process.env, system: string = platform()): string {
  const { STRATA_CACHE } = environment;
  return STRATA_CACHE ? STRATA_CACHE : join(systemCache(environment, system), 'strata');
}

function systemCache({ XDG_CACHE_HOME, LOCALAPPDATA }: Environment, system: string): string {
  // The XDG specification says that a relative path there is to be ignored.
  if (XDG_CACHE_HOME?.startsWith('/') === true) return XDG_CACHE_HOME;
  if (system === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return system === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}
