import type { OpenPage } from '@strata/browser';
import { type BackendOptions, type DeviceReport, type Graph, type Tensor, tensor, type Weights } from '@strata/core';
import type { Case } from './case.js';

/** Calls a function that the test page offers. */
export async function call<T>({ page }: OpenPage, name: string, ...given: unknown[]): Promise<T> {
  return page.evaluate<T>(`strata.${name}(${given.map((argument) => JSON.stringify(argument)).join(', ')})`);
}

/** A tensor as JSON carries it. */
interface Sent {
  readonly shape: number[];
  readonly data: number[];
}

export interface RemoteExecutable {
  run(inputs: Case['inputs']): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
  /** How a run ends whose device goes away in the middle: `'resolved'` or the error. */
  loseDuring(inputs: Case['inputs']): Promise<string>;
}

export interface RemoteBackend {
  readonly report: DeviceReport;
  compile(graph: Graph, weights: Weights): Promise<RemoteExecutable>;
  dispose(): Promise<void>;
}

/** A backend in the page, driven from here. */
export async function openRemote(page: OpenPage, options: BackendOptions): Promise<RemoteBackend> {
  const { id, report } = await call<{ id: number; report: DeviceReport }>(page, 'open', options);
  return {
    report,
    async compile(graph, weights) {
      const executable = await call<number>(page, 'compile', id, graph, send(weights));
      return {
        run: async (inputs) => receive(await call<Record<string, Sent>>(page, 'run', executable, send(inputs))),
        loseDuring: (inputs) => call(page, 'loseDuring', executable, send(inputs)),
        dispose: () => call(page, 'dispose', executable),
      };
    },
    dispose: () => call(page, 'close', id),
  };
}

function send(tensors: Readonly<Record<string, Tensor>>): Record<string, Sent> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape: [...shape], data: [...data] }]),
  );
}

function receive(sent: Readonly<Record<string, Sent>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(sent).map(([name, { shape, data }]) => [name, tensor(shape, data)]));
}
