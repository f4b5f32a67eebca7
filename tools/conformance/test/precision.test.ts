import { probePrecision } from '@strata/comparison';
import { type Backend, defineBackend, type Precision, type Tensor } from '@strata/core';
import { createReferenceBackend, interpret } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';

/** The number with its last bits cut so that 11 significant ones are left, as TF32 and half keep. */
function shorten(value: number): number {
  const bits = new Float32Array([value]);
  const word = new Uint32Array(bits.buffer);
  word[0] = (word[0] + 0x1000) & 0xffffe000;
  return bits[0];
}

const short = ({ shape, data }: Tensor): Tensor => ({
  shape,
  dtype: 'float32',
  data: Float32Array.from(data, shorten),
});

/** The reference with operands cut as `really` says, and a report that says `declared`. */
function pretender(declared: Precision, really: 'tf32' | 'half'): Backend {
  const { report } = createReferenceBackend();
  return defineBackend({
    report: { ...report, precision: declared },
    gapOf: () => undefined,
    passes: [],
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) => {
        const multiplies = graph.nodes.some(({ op }) => op === 'linear');
        const cut = multiplies || really === 'half';
        const each = (tensors: Readonly<Record<string, Tensor>>) =>
          Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, cut ? short(value) : value]));
        const judged = interpret(graph, each(weights), each(inputs));
        return Object.fromEntries(
          [...judged].map(([name, { shape, value }]): [string, Tensor] => [
            name,
            { shape, dtype: 'float32', data: Float32Array.from(value, really === 'half' ? shorten : Math.fround) },
          ]),
        );
      },
      release: () => {},
    }),
    release: () => {},
  });
}

describe('the precision probe', () => {
  it('finds float32 where there is float32', async () => {
    const backend = createReferenceBackend();
    const probe = await probePrecision(backend);
    expect(probe).toMatchObject({ declared: 'float32', shown: 'float32', keepsNumbers: true, lies: false });
    expect(probe.worstUnits).toBeLessThan(1.01);
    await backend.dispose();
  });

  it('shows undeclared TF32 and half as thousands of units', async () => {
    const tf32 = await probePrecision(pretender('float32', 'tf32'));
    expect(tf32).toMatchObject({ declared: 'float32', shown: 'tf32', keepsNumbers: true, lies: true });
    expect(tf32.worstUnits).toBeGreaterThan(1000);
    const half = await probePrecision(pretender('float32', 'half'));
    expect(half).toMatchObject({ declared: 'float32', shown: 'half', keepsNumbers: false, lies: true });
  });

  it('accepts a precision that is declared', async () => {
    expect((await probePrecision(pretender('tf32', 'tf32'))).lies).toBe(false);
    expect((await probePrecision(pretender('half', 'half'))).lies).toBe(false);
  });
});
