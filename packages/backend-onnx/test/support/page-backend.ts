import type { OpenPage } from '@strata/browser';
import type { BackendOptions, DeviceReport, Graph, Tensor } from '@strata/core';
import { fromPlain, type PlainTensors, toPlain } from './plain.js';

type Tensors = Readonly<Record<string, Tensor>>;

/** Calls a function of the test page. */
export function call<T>({ page }: OpenPage, name: string, ...args: readonly unknown[]): Promise<T> {
  // JSON is JavaScript but for numbers that no tensor of the tests has.
  return page.evaluate<T>(`api.${name}(...${JSON.stringify(args)})`);
}

/** A backend that lives in a page, as far as the tests need one. */
export async function openPageBackend(page: OpenPage, options: BackendOptions | 'own device') {
  type Opened = { readonly id: number; readonly report: DeviceReport };
  const { id, report } =
    options === 'own device' ? await call<Opened>(page, 'openOnOwnDevice') : await call<Opened>(page, 'open', options);
  return {
    report,
    async compile(graph: Graph, weights: Tensors) {
      const net = await call<number>(page, 'compile', id, graph, toPlain(weights));
      return {
        id: net,
        run: async (inputs: Tensors) => fromPlain(await call<PlainTensors>(page, 'run', net, toPlain(inputs))),
        loseDuring: (inputs: Tensors) => call<string>(page, 'loseDuring', net, toPlain(inputs)),
        dispose: () => call<void>(page, 'dispose', net),
      };
    },
    dispose: () => call<void>(page, 'close', id),
  };
}
