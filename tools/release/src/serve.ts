import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
};

/** Pages that share memory with their workers, and so have wasm threads, come with these. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export interface Server {
  readonly url: string;
  close(): void;
}

/** A plain file server on the loopback address: a page with one script, and the files of folders; 404 for the rest. */
export function serve(script: string, folders: readonly string[]): Promise<Server> {
  const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/${script}"></script>`;
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0]));
    if (path === '/') {
      response.writeHead(200, { ...isolation, 'Content-Type': 'text/html' }).end(page);
      return;
    }
    const file = folders.map((folder) => join(folder, path)).find((candidate) => isFile(candidate));
    if (file === undefined) {
      response.writeHead(404, isolation).end();
      return;
    }
    response.writeHead(200, { ...isolation, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${address.port}/`, close });
    });
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
