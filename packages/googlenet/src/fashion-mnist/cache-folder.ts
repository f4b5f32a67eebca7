import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/** Where downloads are kept: the system's folder for caches, then `strata/fashion-mnist`. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  system: string = platform(),
): string {
  return join(systemCache(environment, system), 'strata', 'fashion-mnist');
}

function systemCache({ XDG_CACHE_HOME, LOCALAPPDATA }: Readonly<Record<string, string | undefined>>, system: string) {
  // The XDG specification says that a relative path there is to be ignored.
  if (XDG_CACHE_HOME?.startsWith('/') === true) return XDG_CACHE_HOME;
  if (system === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return system === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}
