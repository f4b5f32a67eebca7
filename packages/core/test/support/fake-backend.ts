import { type BackendParts, defineBackend } from '../../src/backend/define-backend.js';
import type { Program } from '../../src/backend/executable.js';
import type { Backend, DeviceReport } from '../../src/backend/types.js';
import type { Model } from '../../src/passes/pass.js';
import { interpret } from '../../src/reference/index.js';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';

export const fakeReport: DeviceReport = {
  backend: 'fake',
  device: 'js',
  library: { name: 'fakelib', version: '1.0.0' },
  software: false,
  precision: 'float32',
  convolution: 'direct',
  passedOver: [],
  notTried: [],
};

export interface Fake {
  readonly backend: Backend;
  /** What was asked of the library, in order. */
  readonly events: string[];
  /** Holds runs back. */
  readonly gate: Gate;
}

/** Holds every run until it is opened. */
export class Gate {
  #open: () => void = () => {};
  #opened: Promise<void> = Promise.resolve();

  close(): void {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }

  get opened(): Promise<void> {
    return this.#opened;
  }
}

/** A backend that computes by the reference and writes down what happens to it. */
export function createFake(parts: Partial<BackendParts> = {}, alter: (program: Program) => Program = (p) => p): Fake {
  const events: string[] = [];
  const gate = new Gate();
  let made = 0;
  const backend = defineBackend({
    report: fakeReport,
    gapOf: () => undefined,
    async prepare(model, { onProgress }) {
      const id = made++;
      events.push(`prepare ${id}`);
      onProgress(1, 1);
      return alter({
        async execute(inputs) {
          const label = Object.values(inputs)[0]?.data[0];
          events.push(`start ${id}:${label}`);
          await gate.opened;
          events.push(`end ${id}:${label}`);
          return computeAll(model, inputs);
        },
        release: () => void events.push(`release ${id}`),
      });
    },
    release: () => void events.push('release device'),
    ...parts,
  });
  return { backend, events, gate };
}

function computeAll({ graph, weights }: Model, inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const results = interpret(graph, weights, inputs);
  return Object.fromEntries(
    [...results].map(([name, { shape, value }]) => [name, tensor(shape, Float32Array.from(value))]),
  );
}
