import { createReadStream, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import type { Plugin } from 'vite';

const types: Readonly<Record<string, string>> = {
  '.wasm': 'application/wasm',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

/** Serves folders beside a bundle; files that are not there fall through to the page, as single-page servers do. */
export function serveFolders(
  folders: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Plugin {
  return {
    name: 'strata-folders',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = decodeURIComponent((request.url ?? '/').split('?')[0]);
        const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
        if (prefix === undefined) return next();
        const file = join(folders[prefix], normalize(`/${path.slice(prefix.length)}`));
        const found = statSync(file, { throwIfNoEntry: false });
        if (!found?.isFile()) return next();
        response.writeHead(200, {
          ...headers,
          'Content-Type': types[extname(file)] ?? 'application/octet-stream',
          'Content-Length': found.size,
        });
        createReadStream(file).pipe(response);
      });
    },
  };
}
