import { type Backend, type Graph, LayerBuilder, type Shape, type Tensor } from '@strata/core';
import { randomTensor } from '@strata/trials';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildBlock } from './block.js';
import { type Case, checkOutputs, makeCase } from './case.js';

/** How much work makes a run long enough to be stopped on this device. */
export interface Load {
  readonly batch: number;
  /** Layers. */
  readonly depth: number;
}

/** What every device of tfjs must do besides computing right. */
export function testContract(device: string, open: () => Promise<Backend>, { batch, depth }: Load): void {
  describe(`${device}: the contract`, { timeout: 120_000 }, () => {
    let opened: Backend | undefined;
    const backend = () => {
      if (opened === undefined) throw new Error('the device did not open');
      return opened;
    };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.dispose());

    it('reports what runs', () => {
      expect(backend().name).toBe('tfjs');
      expect(backend().device).toBe(device);
      expect(backend().report.library.version).toMatch(/^4\.22\./);
      expect(structuredClone(backend().report)).toEqual(backend().report);
    });

    it('leaves no tensor behind after compile, run and dispose', async () => {
      const block = blockCase([2, 3, 8, 9], 1);
      const before = memory().numTensors;
      for (let round = 0; round < 5; round++) {
        const executable = await backend().compile(block.graph, block.weights, {
          outputs: ['joined', 'probabilities'],
        });
        const loaded = memory().numTensors;
        await executable.run(block.inputs);
        await executable.run(block.inputs);
        expect(memory().numTensors).toBe(loaded);
        expect(loaded).toBeGreaterThan(before);
        await executable.dispose();
        expect(memory().numTensors).toBe(before);
      }
    });

    it('runs at any size that the graph allows', async () => {
      const sized = blockCase([1, 3, 8, 9], 2);
      const executable = await backend().compile(sized.graph, sized.weights);
      for (const shape of [
        [1, 3, 8, 9],
        [3, 3, 12, 7],
        [2, 3, 5, 16],
      ]) {
        const inputs = { x: randomTensor(shape, 7) };
        checkOutputs({ ...sized, inputs }, await executable.run(inputs));
      }
      await executable.dispose();
    });

    it('keeps concurrent calls apart', async () => {
      const block = blockCase([2, 3, 8, 9], 3);
      const executable = await backend().compile(block.graph, block.weights);
      const given = [11, 12, 13, 14].map((seed) => ({ x: randomTensor([2, 3, 8, 9], seed) }));
      const results = await Promise.all(given.map((inputs) => executable.run(inputs)));
      for (const [index, inputs] of given.entries()) checkOutputs({ ...block, inputs }, results[index]);
      await executable.dispose();
    });

    it('returns fresh arrays, even for inputs and parameters', async () => {
      const echo = makeCase((layers) => {
        const x = layers.input('x', [1, 2, 3, 4]);
        return [x, layers.parameter('p', [2, 3, 1, 2]), layers.relu('y', x)];
      }, 4);
      const executable = await backend().compile(echo.graph, echo.weights);
      const first = await executable.run(echo.inputs);
      checkOutputs(echo, first);
      for (const { data } of Object.values(first)) data.fill(7);
      checkOutputs(echo, await executable.run(echo.inputs));
      await executable.dispose();
    });

    it('stops between layers when aborted, and stays usable', async () => {
      const deep = deepCase({ batch, depth });
      const executable = await backend().compile(deep.graph, deep.weights);
      const before = memory().numTensors;
      const controller = new AbortController();
      // By this clock each layer takes so long that a pause follows it, on the fastest machine, too.
      let now = 0;
      const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
      const running = executable.run(deep.inputs, { signal: controller.signal });
      setTimeout(() => controller.abort(new Error('enough')));
      await expect(running).rejects.toThrow('enough');
      clock.mockRestore();
      expect(memory().numTensors).toBe(before);
      const { [`y${depth - 1}`]: last } = await executable.run(deep.inputs);
      expect(last.shape).toEqual([batch, 16, 32, 32]);
      await executable.dispose();
    });

    it('rejects a compile that was aborted, and frees what it had uploaded', async () => {
      const deep = deepCase({ batch, depth: 40 });
      const before = memory().numTensors;
      const controller = new AbortController();
      const onProgress = (done: number) => {
        if (done === 10) controller.abort(new Error('enough'));
      };
      const compiling = backend().compile(deep.graph, deep.weights, { signal: controller.signal, onProgress });
      await expect(compiling).rejects.toThrow('enough');
      expect(memory().numTensors).toBe(before);
    });
  });
}

function blockCase(shape: Shape, seed: number): Case {
  const layers = new LayerBuilder();
  const graph: Graph = layers.build([buildBlock(layers)]);
  const { weights } = makeCase((concrete) => buildBlock(concrete, shape), seed);
  return { graph, weights, inputs: { x: randomTensor(shape, seed) } };
}

/** Convolutions one after another, long enough to be stopped on the way. */
function deepCase({ batch, depth }: Load): Case {
  const deep = makeCase((layers) => {
    let value = layers.input('x', [batch, 16, 32, 32]);
    for (let layer = 0; layer < depth; layer++) {
      value = layers.conv2d(`y${layer}`, value, { filters: 16, window: 3, padding: 1 });
    }
    return value;
  }, 5);
  // Small weights: the values must not overflow over so many layers.
  const weights = Object.entries(deep.weights).map(([name, { shape, data }]): [string, Tensor] => [
    name,
    { shape, dtype: 'float32', data: Float32Array.from(data, (x) => x * 0.05) },
  ]);
  return { ...deep, weights: Object.fromEntries(weights) };
}
