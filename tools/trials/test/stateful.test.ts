import { type Backend, type Executable, type HostRunOptions, LayerBuilder, type Tensor, tensor } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neighboursOf } from '../src/graphs/neighbours.js';
import { checkStateful, runProgram } from '../src/stateful/check-stateful.js';
import { networkOf } from '../src/stateful/networks.js';
import { drawPrograms, type Step } from '../src/stateful/steps.js';
import type { Inputs } from '../src/trial.js';
import { type Flaws, losableReference } from './support/losable.js';

/** The reference, whose executables are changed. */
function withExecutables(change: (executable: Executable) => object): Backend {
  const backend = createReferenceBackend();
  return {
    ...backend,
    compile: async (...given) => {
      const executable = await backend.compile(...given);
      return Object.assign({}, executable, change(executable));
    },
  };
}

const plain = { network: 0, twist: 0, outputs: 0 };
const compile: Step = { do: 'compile', on: 0, seed: 1, given: 'alone', ...plain };
const run: Step = { do: 'run', which: 0, shapes: [0], seed: 1, given: 'alone' };
const wait: Step = { do: 'wait' };
const dispose: Step = { do: 'dispose', which: 0 };

describe('programs', () => {
  it('find nothing in the reference, one backend beside another', async () => {
    const result = await checkStateful(createReferenceBackend(), {
      runs: 40,
      open: async () => createReferenceBackend(),
    });
    expect(result).toMatchObject({ failed: 0, checked: 40 });
  });

  it('find a result that is kept from an earlier run, and print a short script', async () => {
    const backend = withExecutables(({ run: right }) => {
      let first: Promise<Record<string, Tensor>> | undefined;
      return {
        run: (inputs: Inputs, options?: HostRunOptions) => {
          first ??= right(inputs, options);
          return first;
        },
      };
    });
    const { failed, failure } = await checkStateful(backend, { runs: 60, seed: 1 });
    expect(failed).toBe(1);
    expect(failure?.graph).toMatch(/^import \{ createBackend \} from '@strata\/backend-reference';\n/);
    expect(failure?.graph.match(/^ {2}\{"do".*\},$/gm)?.length).toBeLessThanOrEqual(4);
    expect(failure?.details).toMatch(/^network \d+, pictures .* of seed \d+: '/);
  });

  it.each<readonly [string, (executable: Executable) => object, readonly Step[], RegExp]>([
    [
      'reads its inputs late',
      ({ run: right }) => ({
        run: async (inputs: Inputs, options?: HostRunOptions) => Promise.resolve().then(() => right(inputs, options)),
      }),
      [compile, run],
      /pictures 1×4×4×5 of seed 1/,
    ],
    [
      'runs after dispose()',
      () => ({ dispose: async () => {} }),
      [compile, dispose, run],
      /a result after dispose\(\)/,
    ],
    [
      'mixes up the order of its outputs',
      ({ run: right }) => ({
        run: async (inputs: Inputs, options?: HostRunOptions) =>
          Object.fromEntries(Object.entries(await right(inputs, options)).reverse()),
      }),
      [{ ...compile, network: 1 }, run, wait],
      /outputs lifted, x, joined, p, want p, joined, x, lifted/,
    ],
  ])('find an executable that %s', async (_, change, program, text) => {
    expect(await runProgram(createReferenceBackend(), program)).toEqual([]);
    expect((await runProgram(withExecutables(change), program)).join('\n')).toMatch(text);
  });
});

describe('programs that lose devices', () => {
  const lose: Step = { do: 'lose', which: 0, after: 0 };

  it('find nothing in a backend that rebuilds, nor in the one beside it', async () => {
    const { open, loss } = losableReference();
    const backend = await open();
    expect(await checkStateful(backend, { runs: 60, open, loss })).toMatchObject({ failed: 0, checked: 60 });
    await backend.dispose();
  });

  it('take devices away, which fails what is under way and nothing later', async () => {
    const { open, loss } = losableReference();
    const backend = await open();
    const layers = new LayerBuilder();
    const graph = layers.build([layers.relu('y', layers.input('x', ['n']))]);
    const executable = await backend.compile(graph, {});
    const inputs = { x: tensor([2], [1, -1]) };
    const running = executable.run(inputs);
    const lost = loss.lose(0);
    await expect(running).rejects.toMatchObject({ code: 'DEVICE' });
    await lost;
    expect((await executable.run(inputs)).y.data).toEqual(Float32Array.of(1, 0));
    await backend.dispose();
  });

  it.each<readonly [string, Flaws, readonly Step[], RegExp]>([
    ['gives zeros for a run whose device goes away', { zeros: true }, [compile, run, lose], /pictures .* of seed 1: '/],
    [
      'hears of its first loss alone',
      { deaf: 'later' },
      [compile, lose, wait, run, wait, lose, wait, run],
      /mapping aborted/,
    ],
    ['hears of no loss', { deaf: true }, [compile, lose, wait, run], /mapping aborted/],
    [
      'cannot make another device and says so, where the suite takes it for one that can',
      { parts: { recover: undefined } },
      [compile, lose, wait, run],
      /the device was lost: unplugged; this library cannot make a new one here/,
    ],
    ['compiles nothing after a loss', { deaf: true }, [lose, wait, compile], /network 0 did not compile: .*no device/],
  ])('find a backend that %s', async (_, flaws, program, text) => {
    const right = losableReference();
    expect(await runProgram(await right.open(), program, right)).toEqual([]);
    const wrong = losableReference(flaws);
    expect((await runProgram(await wrong.open(), program, wrong)).join('\n')).toMatch(text);
  });

  it('print a script that takes them away, too', async () => {
    const { open, loss } = losableReference({ zeros: true });
    const { failure } = await checkStateful(await open(), { runs: 60, seed: 1, open, loss });
    expect(failure?.graph).toContain('\nconst loss = { lose: async () => {} };\n');
    expect(failure?.graph).toMatch(/^ {2}\{"do":"lose","which":\d,"after":\d\},$/m);
    expect(failure?.graph).toMatch(/^\], \{ open, loss \}\);$/m);
  });

  it('are drawn only where something can take devices away', async () => {
    const drawn = (canLose: boolean) => fc.sample(drawPrograms(canLose), { numRuns: 50, seed: 1 }).flat();
    expect(drawn(false).filter((step) => step.do === 'lose')).toEqual([]);
    expect(drawn(true).filter((step) => step.do === 'lose').length).toBeGreaterThan(20);
  });
});

describe('neighbours', () => {
  it('differ in exactly one number or word, for every attribute that shapes leave free', () => {
    const graph = networkOf(plain);
    const neighbours = neighboursOf(graph);
    const changed = neighbours.map(({ index, node }) => {
      const given = new Map(Object.entries(graph.nodes[index].attributes));
      const keys = Object.entries(node.attributes).filter(([key, value]) => String(value) !== String(given.get(key)));
      expect(keys).toHaveLength(1);
      return `${graph.nodes[index].name} ${keys[0][0]}`;
    });
    expect([...new Set(changed)]).toEqual(
      expect.arrayContaining(['last stride', 'last padding', 'last dilation', 'last activation', 'norm epsilon']),
    );
    expect([...new Set(changed)]).toEqual(
      expect.arrayContaining(['pool window', 'pool stride', 'pool padding', 'pool dilation', 'pool rounding']),
    );
  });
});
