import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tensor } from '@strata/core';
import { writeSafetensors } from '@strata/formats/safetensors';
import { type Checkpoint, readCheckpoint, type WeightsDownload } from '../../src/index.js';
import { complaintOf } from './complaint.js';
import { serve, type TestServer } from './serve.js';

/** A checkpoint of some classes; 4 kB each. */
export const weightsOf = (classes: number) =>
  Buffer.from(
    writeSafetensors({
      'fc.weight': tensor([classes, 1024], new Float32Array(1024 * classes).fill(classes)),
      'fc.bias': tensor([classes], new Float32Array(classes)),
    }),
  );

/** A server that has weights, and a cache folder of its own. */
export class WeightsSite {
  body = weightsOf(10);
  headers: Readonly<Record<string, string>> = { etag: '"ten"' };
  /** What the server does in place of sending `body` with `headers`, or 304 where they are known. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly folder: string;
  readonly #server: TestServer;

  private constructor(folder: string, server: TestServer) {
    this.folder = folder;
    this.#server = server;
  }

  static async open(): Promise<WeightsSite> {
    const folder = await mkdtemp(join(tmpdir(), 'strata-cache-'));
    const site: WeightsSite = new WeightsSite(
      folder,
      await serve((request, response) => site.#send(request, response)),
    );
    return site;
  }

  get address(): string {
    return this.#server.address;
  }

  get requests(): readonly string[] {
    return this.#server.requests;
  }

  read(options: WeightsDownload = {}, name = 'w.safetensors'): Promise<Checkpoint> {
    return readCheckpoint(this.address + name, undefined, undefined, { cacheFolder: this.folder, ...options });
  }

  complaint(work: Promise<unknown>): Promise<string> {
    return complaintOf(work, this.address, 'ADDRESS/');
  }

  async filesKept(): Promise<string[]> {
    return (await readdir(join(this.folder, 'downloads')).catch(() => [])).sort();
  }

  stop(): Promise<void> {
    return this.#server.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #send(request: IncomingMessage, response: ServerResponse): void {
    const isKnown = this.headers.etag !== undefined && request.headers['if-none-match'] === this.headers.etag;
    if (this.answer !== undefined) this.answer(request, response);
    else if (isKnown) response.writeHead(304, this.headers).end();
    else response.writeHead(200, { 'content-length': this.body.length, ...this.headers }).end(this.body);
  }
}
