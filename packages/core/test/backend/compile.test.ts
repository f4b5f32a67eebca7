import { describe, expect, it } from 'vitest';
import { DeviceError, UnsupportedError, WeightsError } from '../../src/errors.js';
import { LayerBuilder } from '../../src/layers/index.js';
import { tensor } from '../../src/tensor/tensor.js';
import { createFake } from '../support/fake-backend.js';
import { graph, pair, refusal, weights } from '../support/small-network.js';

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

  it('refuses options that are not supported yet', async () => {
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

  it('names every gap that remains after the passes', async () => {
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
    const { backend: poor } = createFake({ gapOf: ({ op }) => `no kernel for ${op}` });
    expect(await refusal(poor.compile(graph, weights))).toMatchInlineSnapshot(`
      "UnsupportedError: fake/js: 5 layers that it cannot run, want ops that this device can run; choose another device or backend
      layer          op         why
      x              input      no kernel for input
      hidden.weight  parameter  no kernel for parameter
      hidden.bias    parameter  no kernel for parameter
      hidden         linear     no kernel for linear
      y              softmax    no kernel for softmax"
    `);
  });

  it('says which library failed, and passes our own errors on', async () => {
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
