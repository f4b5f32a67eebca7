import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
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

  it('listens once to a signal for which many wait, and no longer than they do', async () => {
    const queue = new SerialQueue();
    const stop = new AbortController();
    const added = vi.spyOn(stop.signal, 'addEventListener');
    const removed = vi.spyOn(stop.signal, 'removeEventListener');
    const first = queue.run(() => sleep(5), [stop.signal]);
    const waiting = Array.from({ length: 20 }, (_, i) => queue.run(async () => i, [stop.signal]));
    await first;
    expect(await Promise.all(waiting)).toEqual([...Array(20).keys()]);
    const counts = [added.mock.calls.length, removed.mock.calls.length];
    expect(counts).toEqual([1, 1]);
    const block = queue.run(() => sleep(5), [stop.signal]);
    const late = Array.from({ length: 3 }, () => queue.run(async () => 1, [stop.signal]));
    // The first has started: only what waits is given up.
    await sleep(1);
    stop.abort(new Error('enough'));
    const settled = await Promise.allSettled(late);
    expect(settled.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
      Array(3).fill('Error: enough'),
    );
    await block;
  });

  it('leaves nothing behind on a signal, given once or twice, whether its task ran or was cancelled', async () => {
    const queue = new SerialQueue();
    const [stop, other] = [new AbortController(), new AbortController()];
    const spies = [stop, other].map(({ signal }) => ({
      added: vi.spyOn(signal, 'addEventListener'),
      removed: vi.spyOn(signal, 'removeEventListener'),
    }));
    const first = queue.run(() => sleep(1), []);
    const runs = queue.run(async () => 'ran', [other.signal, other.signal]);
    const cancelled = queue.run(async () => 'never', [stop.signal, stop.signal, other.signal]);
    stop.abort('enough');
    await expect(cancelled).rejects.toBe('enough');
    expect(await runs).toBe('ran');
    await first;
    for (const { added, removed } of spies) {
      expect(added).toHaveBeenCalledTimes(1);
      expect(removed.mock.calls).toEqual(added.mock.calls);
    }
  });
});
