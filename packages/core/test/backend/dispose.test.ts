import { describe, expect, it } from 'vitest';
import { asyncDispose } from '../../src/backend/async-dispose.js';
import { DisposedError } from '../../src/errors.js';
import { createFake } from '../support/fake-backend.js';
import { graph, pair, refusal, weights } from '../support/small-network.js';

describe('dispose', () => {
  it('lets the running call end, rejects queued ones, and refuses later ones', async () => {
    const { backend, events, gate } = createFake();
    const net = await backend.compile(graph, weights);
    gate.close();
    const running = net.run(pair(1));
    const queued = net.run(pair(2));
    await Promise.resolve();
    const disposed = net.dispose();
    await expect(queued).rejects.toBeInstanceOf(DisposedError);
    gate.open();
    expect(Object.keys(await running)).toEqual(['y']);
    await disposed;
    expect(await refusal(net.run(pair(3)))).toMatchInlineSnapshot(
      `"DisposedError: fake/js: a call after dispose(), want a live executable"`,
    );
    await net.dispose();
    expect(events).toEqual(['prepare 0', 'start 0:1', 'end 0:1', 'release 0']);
  });

  it('of a network leaves the backend and other networks alone', async () => {
    const { backend, events } = createFake();
    const [first, second] = [await backend.compile(graph, weights), await backend.compile(graph, weights)];
    const want = await first.run(pair(1));
    await first.dispose();
    expect(await second.run(pair(1))).toEqual(want);
    const third = await backend.compile(graph, weights);
    expect(await third.run(pair(1))).toEqual(want);
    await backend.dispose();
    expect(events.slice(-3)).toEqual(['release 1', 'release 2', 'release device']);
  });

  it('of the backend releases every network before the device, once, and refuses what comes after', async () => {
    const { backend, events } = createFake();
    const net = await backend.compile(graph, weights);
    await Promise.all([backend.dispose(), backend.dispose()]);
    await backend.dispose();
    expect(events).toEqual(['prepare 0', 'release 0', 'release device']);
    await expect(net.run(pair(1))).rejects.toBeInstanceOf(DisposedError);
    expect(await refusal(backend.compile(graph, weights))).toMatchInlineSnapshot(
      `"DisposedError: fake/js: a call after dispose(), want a live backend"`,
    );
  });

  it('of the backend waits for the network that is being compiled, and rejects those that wait', async () => {
    const { backend, events } = createFake();
    const compiling = refusal(backend.compile(graph, weights));
    const waiting = refusal(backend.compile(graph, weights));
    await Promise.resolve();
    await backend.dispose();
    expect(await compiling).toContain('DisposedError');
    expect(await waiting).toContain('DisposedError');
    expect(events).toEqual(['prepare 0', 'release 0', 'release device']);
  });

  it('of the backend frees the device though a network could not be released', async () => {
    const { backend, events } = createFake({}, (program) => ({
      ...program,
      release() {
        throw new Error('stuck');
      },
    }));
    await backend.compile(graph, weights);
    await expect(backend.dispose()).rejects.toThrow('stuck');
    expect(events).toEqual(['prepare 0', 'release device']);
  });

  it('is what `await using` calls', async () => {
    const { backend, events } = createFake();
    const net = await backend.compile(graph, weights);
    await net[asyncDispose]();
    await backend[asyncDispose]();
    expect(events).toEqual(['prepare 0', 'release 0', 'release device']);
    expect(asyncDispose).toBe(Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose'));
  });
});
