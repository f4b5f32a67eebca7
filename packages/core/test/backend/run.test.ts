import { describe, expect, it } from 'vitest';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';
import { createFake } from '../support/fake-backend.js';
import { graph, pair, refusal, weights } from '../support/small-network.js';

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

  it('still works after a failed run', async () => {
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
