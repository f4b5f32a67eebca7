import { DeviceError, type Shape, type Tensor } from '@strata/core';
import { clone, tensor } from '@tensorflow/tfjs-core';
import { fromRowMajor, toRowMajor, type Value } from './layout.js';
import type { Step } from './lowerings/types.js';
import { keepOne } from './scope.js';
import type { Session } from './session.js';
import type { Constants } from './weights.js';

/** One node of the graph, lowered. */
export interface Work {
  readonly name: string;
  /** Names of the values that the step takes. */
  readonly reads: readonly string[];
  readonly step: Step;
  /** Values that no later node reads and the caller did not ask for: freed at once. */
  readonly lastRead: readonly string[];
}

/** The values of one run. All methods but `read` are to be called within its session. */
export class Values {
  readonly #constants: Constants;
  readonly #values = new Map<string, Value>();

  constructor(constants: Constants) {
    this.#constants = constants;
  }

  upload(name: string, { shape, data }: Tensor): void {
    this.#set(name, shape, () => fromRowMajor(tensor(new Float32Array(data), [...shape]), shape).tensor);
  }

  useConstant(parameter: string): void {
    const { shape, tensor: constant } = this.#constants.value(parameter);
    this.#set(parameter, shape, () => clone(constant));
  }

  compute({ name, reads, step, lastRead }: Work): void {
    let shape: Shape = [];
    const made = keepOne(() => {
      const value = step(reads.map((read) => this.#get(read)));
      shape = value.shape;
      return value.tensor;
    });
    this.#values.set(name, { shape, tensor: made });
    for (const read of lastRead) this.#forget(read);
  }

  /** Fresh arrays in the graph's order. The library is asked within the session; waiting happens outside. */
  async read(session: Session, names: readonly string[]): Promise<Record<string, Tensor>> {
    const pending = session.run(() =>
      names.map((name) => {
        const value = this.#get(name);
        const ordered = keepOne(() => clone(toRowMajor(value)));
        return { name, shape: value.shape, ordered, data: ordered.data<'float32'>() };
      }),
    );
    try {
      // All at once: where the device is lost, all reads fail, and one that nobody waits for would end the process.
      const outputs = pending.map(
        async ({ name, shape, data }): Promise<[string, Tensor]> => [
          name,
          { shape: [...shape], dtype: 'float32', data: new Float32Array(await session.settle(data)) },
        ],
      );
      return Object.fromEntries(await Promise.all(outputs));
    } finally {
      session.run(() => {
        for (const { ordered } of pending) ordered.dispose();
      });
    }
  }

  dispose(): void {
    for (const name of [...this.#values.keys()]) this.#forget(name);
  }

  #get(name: string): Value {
    const found = this.#values.get(name);
    if (found !== undefined) return found;
    throw new DeviceError({ where: `tfjs: value '${name}'`, got: 'freed before its last reader', want: 'kept' });
  }

  #set(name: string, shape: Shape, make: () => ReturnType<typeof clone>): void {
    this.#values.set(name, { shape, tensor: keepOne(make) });
  }

  #forget(name: string): void {
    this.#values.get(name)?.tensor.dispose();
    this.#values.delete(name);
  }
}
