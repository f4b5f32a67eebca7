import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Io, main } from '../../src/index.js';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The path of a file under `test/fixtures`, with slashes that start at the root. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** The words that choose the tests' own backend. */
export const ramp = ['--backend', fixture('ramp-backend.mjs')];

/** Runs the command in this process. */
export async function strata(...words: readonly string[]): Promise<Ended> {
  return strataOn({}, ...words);
}

/** The same on a terminal, with an environment, or with standard input. */
export async function strataOn(
  {
    isTTY = false,
    env = {},
    stdin,
  }: { readonly isTTY?: boolean; readonly env?: Io['env']; readonly stdin?: Uint8Array },
  ...words: readonly string[]
): Promise<Ended> {
  const [stdout, stderr] = [new Sink(isTTY), new Sink(isTTY)];
  const input = stdin === undefined ? {} : { stdin: Readable.from([stdin]) };
  const code = await main(words, { ...input, stdout, stderr, env });
  return { code, stdout: stdout.written, stderr: stderr.written };
}

/** Runs the real launcher in a process of its own. */
export async function spawnStrata(...words: readonly string[]): Promise<Ended> {
  const bin = fileURLToPath(new URL('../../bin/strata.js', import.meta.url));
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

class Sink extends Writable {
  written = '';
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString();
    done();
  }
}
