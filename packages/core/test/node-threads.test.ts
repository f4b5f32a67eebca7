import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import worker from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { settleThreads } from '../src/backend/wasm-threads.js';

const { Worker } = worker;
afterEach(() => replaceWorker(Worker));

function replaceWorker(made: unknown): void {
  Object.assign(worker, { Worker: made });
  syncBuiltinESMExports();
}

/** A thread that only does what `act` makes it do. */
function pretend(act: (thread: EventEmitter) => void): void {
  replaceWorker(
    class extends EventEmitter {
      constructor() {
        super();
        act(this);
      }
      async terminate() {}
    },
  );
}

const settle = (threads?: number) => settleThreads({ where: 'fake/wasm', threads, workers: 'text' });

describe('threads in Node', () => {
  it('are as many as asked for, or for the library to choose', async () => {
    expect(await settle(3)).toEqual({ threads: 3 });
    expect(await settle()).toEqual({});
  });

  it.each([
    { why: 'cannot be made', act: () => fail('EAGAIN'), told: 'EAGAIN' },
    {
      why: 'die',
      act: (thread: EventEmitter) => setTimeout(() => thread.emit('error', new Error('no memory')), 10),
      told: 'no memory',
    },
    {
      why: 'end',
      act: (thread: EventEmitter) => setTimeout(() => thread.emit('exit', 1), 10),
      told: 'it ends at once',
    },
  ])('are one where they $why, and more are an error', async ({ act, told }) => {
    pretend(act);
    expect(await settle()).toEqual({ threads: 1, threadsMissing: expect.stringContaining('may start threads') });
    await expect(settle(2)).rejects.toMatchObject({
      code: 'DEVICE',
      message: expect.stringMatching(
        `^fake/wasm: threads: 2, when a worker thread fails \\(${told}\\), want 1; .*threads: 1$`,
      ),
    });
    expect(await settle(1)).toEqual({ threads: 1 });
  });

  it("are one under Node's permission model", () => {
    const module = new URL('../dist/joined/index.js', import.meta.url);
    const program = `import { settleThreads } from '${module}';
      console.log(JSON.stringify(await settleThreads({ where: 'fake/wasm', threads: undefined, workers: 'text' })));`;
    const flag = Number(process.versions.node.split('.')[0]) < 23 ? '--experimental-permission' : '--permission';
    const words = ['--no-warnings', flag, '--allow-fs-read=*', '--input-type=module', '--eval', program];
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ threads: 1, threadsMissing: '--allow-worker' });
  });
});

function fail(message: string): never {
  throw new Error(message);
}
