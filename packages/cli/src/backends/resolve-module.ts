import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Whether a word can only mean a file: `./mine.js`, `../mine.js`, `/mine.js`, `C:\\mine.js`. */
export function isPath(word: string): boolean {
  return /^(\.{0,2}[/\\]|[a-z]:[/\\])/i.test(word);
}

/**
 * The URL of a file, or of a package's entry as a module in `folder` would import it; `undefined` when there is none.
 * `mine.js` without a `./` is a package if there is one of that name, else a file.
 */
export function resolveModule(word: string, folder: string): string | undefined {
  const path = (isPath(word) ? undefined : findPackage(word, folder)) ?? findFile(resolve(folder, word));
  return path === undefined ? undefined : pathToFileURL(path).href;
}

function findFile(path: string): string | undefined {
  // Not statSync's `throwIfNoEntry`: it throws nevertheless for a path through a file.
  return existsSync(path) && statSync(path).isFile() ? path : undefined;
}

function findPackage(name: string, folder: string): string | undefined {
  try {
    const path = createRequire(join(folder, 'from-here.js')).resolve(name);
    // A package that Node brings (`fs`) resolves to its bare name.
    return path === name ? undefined : path;
  } catch {
    // `resolve` uses the conditions of `require`; a package for `import` alone has no entry there.
    return findImportOnlyEntry(name, folder);
  }
}

function findImportOnlyEntry(name: string, folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const root = join(at, 'node_modules', name);
    const manifest = join(root, 'package.json');
    if (existsSync(manifest)) {
      const entry = readImportEntry(JSON.parse(readFileSync(manifest, 'utf8')));
      return entry === undefined ? undefined : join(root, entry);
    }
    if (dirname(at) === at) return undefined;
  }
}

/** The `.` entry of a `package.json` under the conditions that Node's `import` sets. */
function readImportEntry(manifest: unknown): string | undefined {
  if (!isRecord(manifest)) return undefined;
  const { exports } = manifest;
  return pickCondition(isRecord(exports) && '.' in exports ? exports['.'] : exports);
}

function pickCondition(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isRecord(target)) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    const picked = ['node', 'import', 'default'].includes(condition) ? pickCondition(value) : undefined;
    if (picked !== undefined) return picked;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
