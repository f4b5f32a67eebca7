import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchStart } from '../../src/backend/watch-start.js';

/** How a start-up in a page ends that does all this at once, and then hears nothing for a minute. */
async function startWith(work: () => unknown): Promise<unknown> {
  const started = watchStart({ where: 'mine/webgpu', waitsForWorkers: false }, async () => {
    void work();
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    return 'started';
  }).catch(String);
  await vi.advanceTimersByTimeAsync(60_000);
  return started;
}

/** A file of which a piece comes every two seconds. */
function drip(pieces: number, type: string): Response {
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      if (pieces-- > 0) controller.enqueue(Uint8Array.of(1));
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'Content-Type': type } });
}

describe('a start-up in a page', () => {
  const fetched = vi.fn<typeof fetch>();
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', {});
    vi.stubGlobal('fetch', fetched);
    fetched.mockReturnValue(new Promise(() => {}));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is stuck when a file of the library does not come, which its error names', async () => {
    expect(await startWith(() => fetch('a.wasm'))).toBe(
      'DeviceError: mine/webgpu: it does not start: nothing comes from a.wasm; reload the page, or choose another device',
    );
    expect(fetch).toBe(fetched);
  });

  it('is neither blamed on nor kept alive by other files, which a page fetches meanwhile', async () => {
    fetched.mockImplementation(async () => drip(25, 'application/octet-stream'));
    expect(await startWith(async () => (await fetch('weights.bin')).arrayBuffer())).toMatch(
      'nothing comes from its library or a file of it',
    );
  });

  it('goes on while pieces come, and leaves the response as it was', async () => {
    const response = drip(28, 'application/wasm');
    fetched.mockImplementation(async () => response);
    const got: unknown[] = [];
    const read = async () => {
      const answer = await fetch('any/name');
      got.push(answer === response, (await answer.arrayBuffer()).byteLength);
    };
    expect(await startWith(read)).toBe('started');
    expect(got).toEqual([true, 28]);
  });
});
