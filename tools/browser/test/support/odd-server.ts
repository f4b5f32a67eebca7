import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The ways in which the server answers for a `.wasm` file, by the first folder of the URL. */
export type Oddity = 'stalls' | 'slow' | 'cut';

const headers = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves the files of these folders on the loopback address, `.wasm` files oddly: `url(oddity)` is for `wasmPaths`. */
export async function serveOddly(folders: readonly string[]) {
  const server = createServer(async ({ url = '' }, response) => {
    const [, oddity, name] = url.split('/');
    const type = extname(name) === '.wasm' ? 'application/wasm' : 'text/javascript';
    const file = read(folders, name);
    if (type === 'application/wasm') await answer[oddity]?.(response, file, { ...headers, 'Content-Type': type });
    else response.writeHead(200, { ...headers, 'Content-Type': type }).end(file);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: (oddity: Oddity) => `http://127.0.0.1:${address.port}/${oddity}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Answer = (response: ServerResponse, file: Buffer, headers: Readonly<Record<string, string>>) => unknown;

const answer: Readonly<Record<string, Answer>> = {
  stalls: (response, file, given) =>
    response.writeHead(200, { ...given, 'Content-Length': file.length }).write(file.subarray(0, file.length / 2)),
  async slow(response, file, given) {
    response.writeHead(200, { ...given, 'Content-Length': file.length });
    const pieces = 4;
    for (let piece = 0; piece < pieces; piece++) {
      response.write(file.subarray((piece * file.length) / pieces, ((piece + 1) * file.length) / pieces));
      await pause(2500);
    }
    response.end();
  },
  async cut(response, file, given) {
    response.writeHead(200, { ...given, 'Content-Length': file.length }).write(file.subarray(0, file.length / 2));
    await pause(200);
    response.destroy();
  },
} satisfies Record<Oddity, Answer>;

function read(folders: readonly string[], name: string): Buffer {
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, name));
    } catch {
      // In the next one, perhaps.
    }
  }
  throw new Error(`${name} is in none of ${folders.join(', ')}`);
}
