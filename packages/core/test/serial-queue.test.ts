import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../src/backend/serial-queue.js';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('SerialQueue', () => {
  it('runs tasks one after another in the order they came, whatever they do', async () => {
    const tasks = fc.array(fc.constantFrom('resolve', 'reject', 'throw', 'slow', 'cancelled'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(tasks, async (kinds) => {
        const queue = new SerialQueue();
        const started: number[] = [];
        let running = 0;
        const block = queue.run(() => sleep(0), []);
        const results = kinds.map((kind, index) => {
          const stop = new AbortController();
          const result = queue.run(() => {
            started.push(index);
            running++;
            expect(running).toBe(1);
            const leave = () => {
              running--;
            };
            if (kind === 'throw') {
              leave();
              throw new Error(`thrown ${index}`);
            }
            return sleep(kind === 'slow' ? 1 : 0).then(() => {
              leave();
              if (kind === 'reject') throw new Error(`rejected ${index}`);
              return index;
            });
          }, [stop.signal]);
          if (kind === 'cancelled') stop.abort(new Error(`cancelled ${index}`));
          return result;
        });
        const settled = await Promise.allSettled(results);
        await block;
        expect(started).toEqual([...kinds.keys()].filter((index) => kinds[index] !== 'cancelled'));
        const told = settled.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason)));
        const words: Record<string, string> = { reject: 'rejected', throw: 'thrown', cancelled: 'cancelled' };
        expect(told).toEqual(kinds.map((kind, index) => (kind in words ? `Error: ${words[kind]} ${index}` : index)));
      }),
      { numRuns: 40 },
    );
  });

  it('rejects a waiting task at once, with the reason of the signal that aborted', async () => {
    const queue = new SerialQueue();
    let free = () => {};
    const running = queue.run(() => new Promise<string>((resolve) => (free = () => resolve('done'))), []);
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = queue.run(async () => 'never', [first.signal, second.signal]);
    second.abort('second thoughts');
    await expect(waiting).rejects.toBe('second thoughts');
    const next = queue.run(async () => 'next', [first.signal]);
    free();
    expect(await running).toBe('done');
    expect(await next).toBe('next');
  });

  it('does not start the next task when the one before it is cancelled while another runs', async () => {
    const queue = new SerialQueue();
    const order: string[] = [];
    const running = queue.run(async () => {
      await sleep(5);
      order.push('first ends');
    }, []);
    const stop = new AbortController();
    const cancelled = queue.run(async () => order.push('cancelled ran'), [stop.signal]);
    const last = queue.run(async () => order.push('last starts'), []);
    stop.abort();
    await expect(cancelled).rejects.toThrow();
    await Promise.all([running, last]);
    expect(order).toEqual(['first ends', 'last starts']);
  });

  it('never starts a task whose signal has aborted already, and ignores one that aborts while it runs', async () => {
    const queue = new SerialQueue();
    await expect(queue.run(async () => 'ran', [AbortSignal.abort('too late')])).rejects.toBe('too late');
    const stop = new AbortController();
    const running = queue.run(async () => {
      stop.abort();
      await sleep(0);
      return 'ended';
    }, [stop.signal]);
    expect(await running).toBe('ended');
  });
});
