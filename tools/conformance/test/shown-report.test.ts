import { withShownReport } from '@strata/comparison';
import { asyncDispose, type Backend, type DeviceReport, defineBackend, nodesOf, type Tensor } from '@strata/core';
import { createReferenceBackend, interpret } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { openChecker } from '../src/check/checker.js';

/** The reference in float32, each result off by `spoil` of the largest input, under a report that claims something. */
function claiming(claims: Partial<DeviceReport>, spoil: number, change = (x: number) => x): Backend {
  return defineBackend({
    report: { ...createReferenceBackend().report, ...claims },
    gapOf: () => undefined,
    passes: [],
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) => {
        const convolves = nodesOf(graph, 'conv2d').length > 0;
        const largest = Math.max(...Object.values(inputs).flatMap(({ data }) => Array.from(data, Math.abs)));
        return Object.fromEntries(
          [...interpret(graph, weights, inputs)].map(([name, { shape, value }]): [string, Tensor] => [
            name,
            {
              shape,
              dtype: 'float32',
              data: Float32Array.from(value, (x) => change(x) + (convolves ? spoil * largest : 0)),
            },
          ]),
        );
      },
      release: () => {},
    }),
    release: () => {},
  });
}

describe('a report that widens tolerances', () => {
  it('is not believed where the results show more', async () => {
    for (const claims of [{ convolution: 'winograd' }, { convolution: 'unknown' }, { precision: 'half' }] as const) {
      const { report } = await withShownReport(claiming(claims, 0));
      expect(report).toMatchObject({ convolution: 'direct', precision: 'float32' });
    }
  });

  it('is not believed to be better than it is: what lies is judged by what it says', async () => {
    const halved = claiming({ precision: 'tf32' }, 0, (x) => x * (1 + 2 ** -11));
    expect((await withShownReport(halved)).report.precision).toBe('tf32');
  });

  it('may be of a backend that is an instance of a class', async () => {
    const right = claiming({ convolution: 'unknown' }, 0);
    class Mine implements Backend {
      readonly name = right.name;
      readonly device = right.device;
      readonly report = right.report;
      readonly #right = right;
      findGaps: Backend['findGaps'] = (graph) => right.findGaps(graph);
      compile(...given: Parameters<Backend['compile']>) {
        return this.#right.compile(...given);
      }
      dispose() {
        return this.#right.dispose();
      }
      [asyncDispose]() {
        return this.dispose();
      }
    }
    const checker = await openChecker(async () => new Mine());
    expect(await checker.check('conv2d', { runs: 5, seed: 1 })).toMatchObject({ failed: 0, checked: 5 });
    await checker.dispose();
  });

  it('is believed where a convolution mixes pixels', async () => {
    const { report } = await withShownReport(claiming({ convolution: 'winograd' }, 2 ** -23));
    expect(report.convolution).toBe('winograd');
  });

  it('hides no error that its results do not explain: 2⁻¹¹ too much in every sum', async () => {
    const right = claiming({ precision: 'half' }, 0);
    const wrong: Backend = {
      ...right,
      compile: async (...given) => {
        const executable = await right.compile(...given);
        return Object.assign({}, executable, {
          run: async (inputs: Readonly<Record<string, Tensor>>) => {
            const outputs = await executable.run(inputs);
            const conv = outputs.conv2d ?? outputs.conv;
            if (conv !== undefined) for (let i = 0; i < conv.data.length; i++) conv.data[i] *= 1 + 2 ** -12;
            return outputs;
          },
        });
      },
    };
    const checker = await openChecker(async () => wrong);
    expect(await checker.check('conv2d', { runs: 20, seed: 1 })).toMatchObject({ failed: 1 });
  });
});
