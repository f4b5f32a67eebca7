import { Writable } from 'node:stream';
import type { Divergence, OutputDifference } from '@strata/comparison';
import { type Agreement, agree } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { type Comparison, toJson } from '../src/diff/comparison.js';
import { printComparison } from '../src/diff/print.js';

/** How one element came out. */
function element(got: number, want = 1, tolerance = 0.5): Agreement {
  const judged = { shape: [1], value: Float64Array.of(want), tolerance: Float64Array.of(tolerance) };
  return agree(judged, Float32Array.of(got));
}

const right = element(1.125);
const output: OutputDifference = {
  name: 'fc',
  first: { shipped: right, observed: right, betweenRuns: right },
  second: { shipped: right, observed: right, betweenRuns: right },
  between: right,
};

/** Two backends on a network of one stage that go as `firstDiverging` says. */
function compare(divergence: Partial<Divergence>, others: Partial<Comparison> = {}, last = output): Comparison {
  const firstDiverging: Divergence = {
    stage: 'mix',
    layer: 'mix.branch1',
    scope: 'layer',
    wrong: ['second'],
    first: right,
    second: right,
    ...divergence,
  };
  const { first, second } = firstDiverging;
  const stages = [{ name: 'mix', first: first.worst, second: second.worst, difference: 2.5e-3, layers: [] }];
  return {
    variant: 'seed',
    transformInput: undefined,
    picture: 'boot.jpg',
    backend: { name: 'onnx', device: 'native' },
    other: { name: 'tfjs', device: 'webgl' },
    difference: { stages, outputs: [last], firstDiverging },
    ...others,
  };
}

async function print(comparison: Comparison): Promise<string> {
  let written = '';
  const stdout = new Writable({
    write: (chunk, _, done) => {
      written += String(chunk);
      done();
    },
  });
  await printComparison(comparison, { stdout, stderr: stdout, env: {} });
  return written;
}

describe('printComparison', () => {
  it('says which backend is wrong, where, and by how much', async () => {
    expect(await print(compare({ second: element(7.25) }))).toMatchInlineSnapshot(`
      "stage  onnx/native  tfjs/webgl  difference
      mix          0.250        12.5      2.5e-3
      errors as shares of each backend's own bound, above 1 is wrong; difference as a share of the largest value
      fc of the whole network, as shipped: 0.250 and 0.250 of its bound, apart by 0.250 of both together
      seed on boot.jpg
      first diverging stage: mix on tfjs/webgl (12.5 × its bound), in mix.branch1
      mix.branch1 on tfjs/webgl: 1 of 1 elements disagree, the worst at 12.5 times its tolerance
        [0] got 7.25, want 1, off by 6.25, tolerance 0.5 (12.5×)
      "
    `);
  });

  it('names a stage of one layer once, and distinguishes two backends of the same name', async () => {
    const same = { other: { name: 'onnx', device: 'native' } };
    const both = { layer: 'mix', wrong: ['first', 'second'], first: element(3), second: element(2.25) } as const;
    expect(await print(compare(both, same))).toMatchInlineSnapshot(`
      "stage  onnx/native (--backend)  onnx/native (--other)  difference
      mix                          4                    2.5      2.5e-3
      errors as shares of each backend's own bound, above 1 is wrong; difference as a share of the largest value
      fc of the whole network, as shipped: 0.250 and 0.250 of its bound, apart by 0.250 of both together
      seed on boot.jpg
      first diverging stage: mix on onnx/native (--backend) (4 × its bound) and onnx/native (--other) (2.5 × its bound)
      mix on onnx/native (--backend): 1 of 1 elements disagree, the worst at 4 times its tolerance
        [0] got 3, want 1, off by 2, tolerance 0.5 (4×)
      mix on onnx/native (--other): 1 of 1 elements disagree, the worst at 2.5 times its tolerance
        [0] got 2.25, want 1, off by 1.25, tolerance 0.5 (2.5×)
      "
    `);
  });

  it('has words for infinite errors', async () => {
    const sentence = async (second: Agreement) => (await print(compare({ second }))).split('\n')[5];
    expect(await sentence(element(0.25, 0, 0))).toMatchInlineSnapshot(
      `"first diverging stage: mix on tfjs/webgl (0.25 where its bound is 0), in mix.branch1"`,
    );
    expect(await sentence(element(Number.NaN))).toMatchInlineSnapshot(
      `"first diverging stage: mix on tfjs/webgl (a value of NaN), in mix.branch1"`,
    );
  });

  it('reports a network that is wrong although its stages are right, or where only the two differ', async () => {
    const whole = { scope: 'network', stage: 'fc', layer: 'fc' } as const;
    const wrong = compare({ ...whole, second: element(7.25) });
    expect((await print(wrong)).split('\n')[5]).toMatchInlineSnapshot(
      `"every stage is right by itself, but fc of the whole network diverges on tfjs/webgl (12.5 × its bound)"`,
    );
    const apart = compare({ ...whole, wrong: [] }, {}, { ...output, between: element(2, 1, 0.75) });
    expect((await print(apart)).split('\n').slice(2)).toMatchInlineSnapshot(`
      [
        "errors as shares of each backend's own bound, above 1 is wrong; difference as a share of the largest value",
        "fc of the whole network, as shipped: 0.250 and 0.250 of its bound, apart by 1.33 of both together",
        "seed on boot.jpg",
        "every stage is right by itself, but fc of the whole network differs between the two (1.33 × the sum of their bounds)",
        "",
      ]
    `);
  });
});

it('writes infinite shares as null in JSON', () => {
  const [{ other }] = JSON.parse(JSON.stringify(toJson(compare({ second: element(Number.NaN) })))).stages;
  expect(other).toBeNull();
});
