import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface TestServer {
  /** With a trailing slash. */
  readonly address: string;
  /** Method, path and chosen headers of each request. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** A server on the loopback address. Requests are listed with their condition or range. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  port = 0,
): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { 'if-none-match': tag, 'if-modified-since': since, range } = request.headers;
    requests.push([request.url, tag, since, range].filter((part) => part !== undefined).join(' '));
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
