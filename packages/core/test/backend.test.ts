import { describe, expect, it } from 'vitest';
import { asyncDispose } from '../src/backend/async-dispose.js';
import { DeviceError, DisposedError, messageOf, UnsupportedError, WeightsError } from '../src/errors.js';
import { LayerBuilder } from '../src/layers/builder.js';
import { type Tensor, tensor } from '../src/tensor/tensor.js';
import { createFake } from './support/fake-backend.js';
import { randomWeights } from './support/random-model.js';

const layers = new LayerBuilder();
const x = layers.input('x', ['batch', 2]);
const hidden = layers.linear('hidden', x, { features: 3, activation: 'relu' });
const graph = layers.build([layers.softmax('y', layers.dropout('drop', hidden, { rate: 0.5 }))]);
const weights = randomWeights(graph, 5);
const pair = (first: number): Record<string, Tensor> => ({ x: tensor([1, 2], [first, 1]) });

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => {
      throw new Error('it was taken');
    },
    (error: unknown) => String(error),
  );
}

describe('compile', () => {
  it('runs the passes, reports progress and returns the outputs asked for', async () => {
    const { backend, events } = createFake();
    const progress: [number, number][] = [];
    const net = await backend.compile(graph, weights, {
      outputs: ['hidden', 'y'],
      onProgress: (done, total) => progress.push([done, total]),
    });
    const outputs = await net.run({ x: tensor([2, 2], [1, 2, 3, 4]) });
    expect(Object.keys(outputs)).toEqual(['hidden', 'y']);
    expect(outputs.hidden.shape).toEqual([2, 3]);
    expect(progress).toEqual([[1, 1]]);
    expect(events).toEqual(['prepare 0', 'start 0:1', 'end 0:1']);
    await backend.dispose();
  });

  it('warms up where all sizes are known or a typical one is given, and only when it is told to', async () => {
    const build = (shape: (number | string)[], typical?: number[]) => {
      const own = new LayerBuilder();
      return own.build([own.relu('y', own.input('x', shape, typical === undefined ? {} : { typical }))]);
    };
    const runs = async (warmUp: boolean, ...shapes: Parameters<typeof build>) => {
      const { backend, events } = createFake({ warmUp });
      await backend.compile(build(...shapes), {});
      return events.filter((event) => event.startsWith('end')).length;
    };
    expect(await runs(true, [1, 2])).toBe(1);
    expect(await runs(true, ['batch', 2], [1, 2])).toBe(1);
    expect(await runs(true, ['batch', 2])).toBe(0);
    expect(await runs(false, [1, 2])).toBe(0);
  });

  it('refuses what does not work yet', async () => {
    const { backend } = createFake({ precisions: ['half'] });
    const compile = (options: Parameters<typeof backend.compile>[2]) =>
      refusal(backend.compile(graph, weights, options));
    expect(await compile({ trainable: ['hidden.weight'] })).toMatchInlineSnapshot(
      `"UnsupportedError: fake/js: compile: trainable hidden.weight, want none; training is not supported yet"`,
    );
    expect(await compile({ precision: 'tf32' })).toMatchInlineSnapshot(
      `"UnsupportedError: fake/js: compile: precision 'tf32', want float32 or half"`,
    );
    expect(await compile({ outputs: ['hiden'] })).toMatchInlineSnapshot(
      `"GraphError: output 'hiden': no node of that name, want one of x, hidden, drop, y"`,
    );
    expect(await compile({ outputs: [] })).toMatchInlineSnapshot(`"GraphError: graph: no outputs, want at least one"`);
    expect(await compile({ outputs: ['y', 'y'] })).toMatchInlineSnapshot(
      `"GraphError: output 'y': the same name twice, want each output once"`,
    );
    await backend.compile(graph, weights, { trainable: [], precision: 'half' });
  });

  it('binds the weights before anything reaches the library', async () => {
    const { backend, events } = createFake();
    await expect(backend.compile(graph, {})).rejects.toBeInstanceOf(WeightsError);
    expect(events).toEqual([]);
  });

  it('names every gap that is left after the passes', async () => {
    const { backend, events } = createFake({
      gapOf: ({ op }) => (op === 'softmax' || op === 'dropout' ? `no kernel for ${op}` : undefined),
    });
    expect(backend.findGaps(graph)).toEqual([
      { node: 'drop', op: 'dropout', reason: 'no kernel for dropout' },
      { node: 'y', op: 'softmax', reason: 'no kernel for softmax' },
    ]);
    expect(await refusal(backend.compile(graph, weights))).toMatchInlineSnapshot(
      `"UnsupportedError: fake/js: y (softmax): no kernel for softmax, want ops that this device can run; choose another device or backend"`,
    );
    await expect(backend.compile(graph, weights)).rejects.toBeInstanceOf(UnsupportedError);
    expect(events).toEqual([]);
    await backend.compile(graph, weights, { outputs: ['hidden'] });
  });

  it('says which library failed, and lets our own errors be', async () => {
    const failing = (thrown: unknown) =>
      createFake({
        prepare: async () => {
          throw thrown;
        },
      }).backend.compile(graph, weights);
    expect(await refusal(failing(new Error('out of memory')))).toMatchInlineSnapshot(
      `"DeviceError: fake/js: compile: fakelib failed: out of memory"`,
    );
    const own = new UnsupportedError({ where: 'here', got: 'this' });
    await expect(failing(own)).rejects.toBe(own);
    await expect(failing('a text')).rejects.toBeInstanceOf(DeviceError);
  });

  it('releases a program whose warm-up fails', async () => {
    const { backend, events } = createFake({ warmUp: true }, (program) => ({
      ...program,
      execute: async () => {
        throw new Error('shader did not compile');
      },
    }));
    const own = new LayerBuilder();
    const fixed = own.build([own.relu('y', own.input('x', [1]))]);
    expect(await refusal(backend.compile(fixed, {}))).toMatchInlineSnapshot(
      `"DeviceError: fake/js: compile: fakelib failed: shader did not compile"`,
    );
    expect(events).toEqual(['prepare 0', 'release 0']);
  });

  it('ends with the reason of its signal: before it starts, while it waits, and while it compiles', async () => {
    const { backend, events, gate } = createFake();
    const net = await backend.compile(graph, weights);
    await expect(backend.compile(graph, weights, { signal: AbortSignal.abort('no') })).rejects.toBe('no');
    gate.close();
    const running = net.run(pair(1));
    const waiting = new AbortController();
    const queued = backend.compile(graph, weights, { signal: waiting.signal });
    waiting.abort('changed my mind');
    await expect(queued).rejects.toBe('changed my mind');
    gate.open();
    await running;
    expect(events).toEqual(['prepare 0', 'start 0:1', 'end 0:1']);
    const during = new AbortController();
    const compiling = backend.compile(graph, weights, {
      signal: during.signal,
      onProgress: () => during.abort('during'),
    });
    await expect(compiling).rejects.toBe('during');
    expect(events.slice(3)).toEqual(['prepare 1', 'release 1']);
    expect(Object.keys(await net.run(pair(2)))).toEqual(['y']);
  });
});

describe('run', () => {
  it('gives concurrent calls the results of serial ones, one at a time', async () => {
    const { backend, events } = createFake();
    const net = await backend.compile(graph, weights);
    const other = await backend.compile(graph, weights);
    const serial: Record<string, Tensor>[] = [];
    for (let i = 0; i < 6; i++) serial.push(await net.run(pair(i)));
    events.length = 0;
    const concurrent = await Promise.all(serial.map((_, i) => (i % 2 === 0 ? net : other).run(pair(i))));
    expect(concurrent).toEqual(serial);
    expect(events).toEqual(serial.flatMap((_, i) => [`start ${i % 2}:${i}`, `end ${i % 2}:${i}`]));
  });

  it('reads its inputs before it returns', async () => {
    const { backend, gate } = createFake();
    const net = await backend.compile(graph, weights);
    const want = await net.run(pair(3));
    gate.close();
    const data = Float32Array.of(3, 1);
    const first = net.run({ x: tensor([1, 2], data) });
    const second = net.run({ x: tensor([1, 2], data) });
    data.fill(Number.NaN);
    gate.open();
    expect(await first).toEqual(want);
    expect(await second).toEqual(want);
  });

  it('says which input does not fit', async () => {
    const { backend, events } = createFake();
    const net = await backend.compile(graph, weights);
    events.length = 0;
    const float64: Tensor = { shape: [1, 2], dtype: 'float64', data: Float64Array.of(1, 2) };
    const onDevice = { shape: [1, 2], dtype: 'float32', read: async () => float64, dispose() {} } as const;
    const short: Tensor = { shape: [2, 2], dtype: 'float32', data: Float32Array.of(1, 2) };
    expect(await refusal(net.run({}))).toMatchInlineSnapshot(`"GraphError: fake/js: run: inputs none, want x"`);
    expect(await refusal(net.run({ ...pair(1), z: tensor([1], [1]) }))).toMatchInlineSnapshot(
      `"GraphError: fake/js: run: inputs x, z, want x"`,
    );
    expect(await refusal(net.run({ x: tensor([1, 3], [1, 2, 3]) }))).toMatchInlineSnapshot(
      `"ShapeError: input 'x': [1,3], want [batch,2]"`,
    );
    expect(await refusal(net.run({ x: float64 }))).toMatchInlineSnapshot(
      `"ShapeError: input 'x': float64, want float32"`,
    );
    expect(await refusal(net.run({ x: short }))).toMatchInlineSnapshot(
      `"ShapeError: input 'x': 2 elements for shape [2,2], want 4"`,
    );
    expect(await refusal(net.run({ x: onDevice }))).toMatchInlineSnapshot(
      `"UnsupportedError: fake/js: run: a device tensor for 'x', want a host tensor"`,
    );
    expect(await refusal(net.run(pair(1), { keepOnDevice: ['y'] }))).toMatchInlineSnapshot(
      `"UnsupportedError: fake/js: run: keepOnDevice y, want none"`,
    );
    expect(events).toEqual([]);
  });

  it('catches a library that returns another shape, too few numbers, or nothing', async () => {
    const answer = async (output: Tensor | undefined) => {
      const { backend } = createFake({}, (program) => ({
        ...program,
        execute: async (): Promise<Record<string, Tensor>> => (output === undefined ? {} : { y: output }),
      }));
      return refusal((await backend.compile(graph, weights)).run(pair(1)));
    };
    expect(await answer(tensor([3, 1], [1, 2, 3]))).toMatchInlineSnapshot(
      `"DeviceError: fake/js: output 'y': [3,1] with 3 elements, want [1,3] with 3; the backend lowered this graph wrongly; please report it"`,
    );
    expect(await answer({ shape: [1, 3], dtype: 'float32', data: Float32Array.of(1) })).toMatchInlineSnapshot(
      `"DeviceError: fake/js: output 'y': [1,3] with 1 elements, want [1,3] with 3; the backend lowered this graph wrongly; please report it"`,
    );
    expect(await answer(undefined)).toMatchInlineSnapshot(
      `"DeviceError: fake/js: output 'y': nothing, want [1,3] with 3; the backend lowered this graph wrongly; please report it"`,
    );
  });

  it('goes on after a failure', async () => {
    let fail = true;
    const { backend } = createFake({}, (program) => ({
      ...program,
      execute: (...args) => {
        if (fail) throw new RangeError('bad dispatch');
        return program.execute(...args);
      },
    }));
    const net = await backend.compile(graph, weights);
    expect(await refusal(net.run(pair(1)))).toMatchInlineSnapshot(
      `"DeviceError: fake/js: run: fakelib failed: bad dispatch"`,
    );
    fail = false;
    expect(Object.keys(await net.run(pair(1)))).toEqual(['y']);
  });

  it('rejects a queued call at once, hands the signal to a running one, and stays usable', async () => {
    const { backend, gate, events } = createFake({}, (program) => ({
      ...program,
      async execute(inputs, signal) {
        const outputs = await program.execute(inputs, signal);
        if (signal?.aborted) throw new Error('the library noticed');
        return outputs;
      },
    }));
    const net = await backend.compile(graph, weights);
    gate.close();
    const [stopFirst, stopSecond] = [new AbortController(), new AbortController()];
    const first = net.run(pair(1), { signal: stopFirst.signal });
    const second = net.run(pair(2), { signal: stopSecond.signal });
    const third = net.run(pair(3));
    stopSecond.abort('second is not wanted');
    await expect(second).rejects.toBe('second is not wanted');
    stopFirst.abort('nor the first');
    gate.open();
    await expect(first).rejects.toBe('nor the first');
    await third;
    await expect(net.run(pair(4), { signal: AbortSignal.abort('late') })).rejects.toBe('late');
    expect(events).toEqual(['prepare 0', 'start 0:1', 'end 0:1', 'start 0:3', 'end 0:3']);
  });
});

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

it('a report and a graph survive structuredClone, with what a report says of itself', () => {
  const { backend } = createFake();
  expect(structuredClone(backend.report)).toEqual(backend.report);
  expect(structuredClone({ graph, weights })).toEqual({ graph, weights });
  expect([backend.name, backend.device]).toEqual(['fake', 'js']);
  expect(messageOf('text')).toBe('text');
});
