import { type Backend, type BackendParts, defineBackend, type Tensor } from '@strata/core';
import { createReferenceBackend, interpret } from '@strata/core/reference';
import { chooseLost, type DeviceLoss } from '../../src/stateful/loss.js';

/** What a library holds, and loses. */
class Device {
  alive = true;
  told = false;
  readonly lost: Promise<string>;
  #tell: (reason: string) => void = () => {};

  constructor() {
    this.lost = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  destroy(): void {
    this.alive = false;
    // As browsers do it: the news comes later than the loss.
    setTimeout(() => {
      this.told = true;
      this.#tell('unplugged');
    }, 1);
  }
}

/** What a library may get wrong about losses. */
export interface Flaws {
  /** What a run gives whose device goes away; it fails where this is not so. */
  readonly zeros?: boolean;
  /** Whether it hears of nothing, or of nothing later than the first loss, and so makes no other device. */
  readonly deaf?: boolean | 'later';
  /** What is changed besides. */
  readonly parts?: Partial<BackendParts>;
}

/** The reference on devices that can be lost, each backend on its own: as many as are opened, and what takes them away. */
export function losableReference({ zeros = false, deaf = false, parts = {} }: Flaws = {}): {
  open(): Promise<Backend>;
  readonly loss: DeviceLoss;
} {
  const devices = new Set<Device>();

  async function open(): Promise<Backend> {
    let device = acquire();
    let declareLost: (reason: string) => void = () => {};
    let losses = 0;
    const hears = () => deaf === false || (deaf === 'later' && losses++ === 0);
    function acquire(): Device {
      const made = new Device();
      devices.add(made);
      made.lost.then((reason) => hears() && declareLost(reason));
      return made;
    }
    return defineBackend({
      report: { ...createReferenceBackend().report, backend: 'losable' },
      gapOf: () => undefined,
      passes: [],
      prepare: async ({ graph, weights }) => {
        const mine = device;
        // A lost device takes every call and answers none, unless it is known to be gone.
        if (!mine.alive) await (mine.told ? Promise.reject(new Error('no device')) : new Promise(() => {}));
        return {
          async execute(inputs) {
            await new Promise((resolve) => setTimeout(resolve));
            if (!mine.alive && !zeros) throw new Error('mapping aborted');
            return Object.fromEntries(
              [...interpret(graph, weights, inputs)].map(([name, { shape, value }]): [string, Tensor] => [
                name,
                {
                  shape,
                  dtype: 'float32',
                  data: mine.alive ? Float32Array.from(value) : new Float32Array(value.length),
                },
              ]),
            );
          },
          release: () => {},
        };
      },
      release: () => void devices.delete(device),
      watchLoss(declare) {
        declareLost = declare;
      },
      async recover() {
        device = acquire();
      },
      ...parts,
    });
  }

  async function lose(which: number): Promise<void> {
    const chosen = chooseLost([...devices], which);
    for (const device of chosen) {
      devices.delete(device);
      device.destroy();
    }
    await Promise.all(chosen.map(({ lost }) => lost));
  }

  return { open, loss: { lose, script: ['const loss = { lose: async () => {} };'] } };
}
