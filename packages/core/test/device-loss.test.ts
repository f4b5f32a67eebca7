import { describe, expect, it } from 'vitest';
import { type BackendParts, defineBackend } from '../src/backend/define-backend.js';
import { DeviceError } from '../src/errors.js';
import { LayerBuilder } from '../src/layers/index.js';
import { tensor } from '../src/tensor/tensor.js';

const layers = new LayerBuilder();
const graph = layers.build([layers.relu('y', layers.input('x', ['n']))]);
const inputs = { x: tensor([2], [1, 2]) };

/** A device that computes relu as identity and can be lost from outside. */
function fragile(extra: Partial<BackendParts> = {}) {
  const events: string[] = [];
  let lose: (reason: string) => void = () => {};
  let hang = false;
  const backend = defineBackend({
    report: {
      backend: 'fragile',
      device: 'webgpu',
      library: { name: 'none', version: '0' },
      software: false,
      precision: 'float32',
      convolution: 'direct',
      passedOver: [],
      notTried: [],
    },
    gapOf: () => undefined,
    async prepare() {
      events.push('prepare');
      return {
        execute: async ({ x }) => {
          events.push('execute');
          return hang ? new Promise(() => {}) : { y: x };
        },
        release: () => void events.push('release'),
      };
    },
    release: () => {},
    watchLoss(declareLost) {
      lose = declareLost;
    },
    async recover() {
      events.push('recover');
    },
    ...extra,
  });
  const setHang = (on: boolean) => {
    hang = on;
  };
  return { backend, events, lose: (reason: string) => lose(reason), hang: setHang };
}

describe('a lost device', () => {
  it('rejects the running call, though the library never settles, and the next run rebuilds once', async () => {
    const { backend, events, lose, hang } = fragile();
    const net = await backend.compile(graph, {});
    hang(true);
    const running = net.run(inputs);
    setTimeout(() => lose('unplugged'), 5);
    await expect(running).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: fragile/webgpu: the device was lost: unplugged; run again: the network is rebuilt from the weights kept on the host]`,
    );
    hang(false);
    events.length = 0;
    expect((await net.run(inputs)).y.data).toEqual(inputs.x.data);
    expect((await net.run(inputs)).y.data).toEqual(inputs.x.data);
    expect(events).toEqual(['release', 'recover', 'prepare', 'execute', 'execute']);
    await backend.dispose();
  });

  it('is recovered once for all its executables', async () => {
    const { backend, events, lose } = fragile();
    const [a, b] = [await backend.compile(graph, {}), await backend.compile(graph, {})];
    lose('reset');
    lose('reset again');
    await Promise.all([a.run(inputs), b.run(inputs)]);
    expect(events.filter((event) => event === 'recover')).toHaveLength(1);
    await backend.dispose();
  });

  it('stays lost where the library cannot make another, and says so', async () => {
    const { backend, lose } = fragile({ recover: undefined });
    const net = await backend.compile(graph, {});
    lose('gone');
    await expect(net.run(inputs)).rejects.toThrowError(/cannot make a new one here; create the backend anew/);
    await expect(backend.compile(graph, {})).rejects.toBeInstanceOf(DeviceError);
    await backend.dispose();
  });

  it('gives the reason when it cannot be opened again, and tries anew at the next run', async () => {
    let attempts = 0;
    const { backend, events, lose } = fragile({
      async recover() {
        if (attempts++ === 0) throw new DeviceError({ where: 'fragile', got: 'no adapter' });
      },
    });
    const net = await backend.compile(graph, {});
    lose('driver update');
    await expect(net.run(inputs)).rejects.toThrowError('fragile: no adapter');
    expect((await net.run(inputs)).y.data).toEqual(inputs.x.data);
    expect(events.filter((event) => event === 'release')).toHaveLength(1);
    await backend.dispose();
  });
});
