// A plugin of Vite: our own packages come from their TypeScript sources in the folder that is served, not from `dist`,
// so that a changed source is what runs. What `exports` and `imports` say of `dist/…` is meant.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {string} root The repository, or a copy of it. */
export function fromSource(root) {
  return {
    name: 'from-source',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id.startsWith('@strata/')) {
        const [, name, ...rest] = id.split('/');
        const room = ['packages', 'tools'].map((folder) => join(root, folder, name)).find((path) => existsSync(path));
        return room && sourceOf(room, read(room).exports[['.', ...rest].join('/')]);
      }
      if (id.startsWith('#') && importer !== undefined) {
        const room = roomOf(importer);
        return sourceOf(room, read(room).imports[id]);
      }
      return undefined;
    },
  };
}

function read(room) {
  return JSON.parse(readFileSync(join(room, 'package.json'), 'utf8'));
}

function roomOf(file) {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The source behind an entry: where its declarations are, or what it gives in Node. */
function sourceOf(room, entry) {
  if (typeof entry !== 'string') return sourceOf(room, entry.types ?? entry.node ?? entry.default);
  return join(room, entry.replace('dist/', 'src/').replace(/(\.d\.ts|\.js)$/, '.ts'));
}
