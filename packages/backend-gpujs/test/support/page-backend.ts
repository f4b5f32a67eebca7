import type { OpenPage } from '@strata/browser';
import { type Backend, type BackendOptions, type Graph, tensor, type Weights } from '@strata/core';
import type { PageApi, PlainTensor } from '../fixtures/page.js';

type PlainTensors = Readonly<Record<string, PlainTensor>>;

export interface PageBackend extends Pick<Backend, 'device' | 'report' | 'compile' | 'dispose'> {
  lose(): Promise<void>;
  countLive(): Promise<number>;
}

/** A backend that lives in a page, as far as the laws of the ops need one. */
export async function openPageBackend({ page }: OpenPage, options: BackendOptions): Promise<PageBackend> {
  const call = <T>(name: keyof PageApi, ...args: readonly unknown[]): Promise<T> =>
    // JSON is JavaScript but for numbers that no tensor of the laws has.
    page.evaluate<T>(`api.${name}(...${JSON.stringify(args)})`);
  const report = await call<Backend['report']>('open', options);
  return {
    device: report.device,
    report,
    async compile(graph: Graph, weights: Weights) {
      const net = await call<number>('compile', graph, toPlain(weights));
      return {
        async run(inputs: Weights) {
          const outputs = await call<PlainTensors>('run', net, toPlain(inputs));
          return Object.fromEntries(
            Object.entries(outputs).map(([name, { shape, data }]) => [name, tensor(shape, data)]),
          );
        },
        dispose: () => call<void>('dispose', net),
        [Symbol.asyncDispose]: () => call<void>('dispose', net),
      };
    },
    dispose: () => call<void>('close'),
    lose: () => call<void>('lose'),
    countLive: () => call<number>('countLive'),
  };
}

function toPlain(tensors: Weights): PlainTensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: Array.from(data) }]),
  );
}
