import type { BackendWords } from './open-chosen.js';
import { resolveModule } from './resolve-module.js';
import { findKnownBackend } from './table.js';

/**
 * What `--other` names: a backend as `--backend` does, or one with its device behind a slash, `tfjs/wasm` or
 * `./mine.js/gpu`. Slashes of paths and packages come first: the last part is a device only where the whole is no module.
 */
export function parseOther(word: string): BackendWords {
  const slash = word.lastIndexOf('/');
  const [backend, device] = [word.slice(0, slash), word.slice(slash + 1)];
  if (slash < 1 || device === '' || findKnownBackend(word) !== undefined) return { backend: word };
  if (findKnownBackend(backend) !== undefined) return { backend, device };
  const isModule = (name: string) => resolveModule(name, process.cwd()) !== undefined;
  return !isModule(word) && isModule(backend) ? { backend, device } : { backend: word };
}
