import { type Losable, propertyOf } from '@strata/core';
import { chooseLost, type DeviceLoss } from '@strata/trials';
import { afterCall } from '../after-call.js';

/** Something that is open and can be taken away. */
interface Open {
  take(): void;
  /** Settles when it is lost, whoever took it. */
  readonly lost: Promise<unknown>;
}

/** Who gives devices of a kind, by which method, and what such a device is to a test. */
const kinds: Readonly<
  Record<
    Losable,
    {
      readonly makers: readonly string[];
      readonly method: string;
      open(made: object): Open | undefined;
    }
  >
> = {
  'gpu-device': { makers: ['GPUAdapter'], method: 'requestDevice', open: openWithDestroy },
  'gl-context': { makers: ['HTMLCanvasElement', 'OffscreenCanvas'], method: 'getContext', open: openContext },
  'ml-context': { makers: ['ML'], method: 'createContext', open: openWithDestroy },
};

const watches = new Map<Losable, (which: number) => Promise<void>>();

/**
 * What takes devices of a kind away, of all that are opened in this realm from the first such call on. It changes the
 * prototypes of `classes` permanently, which are those that a page has as globals. `from` is the module whose `watchDevices(kind)` a printed script calls.
 */
export function watchDevicesOf(classes: object, kind: Losable, from: string): DeviceLoss {
  const lose = watches.get(kind) ?? watchKind(classes, kind);
  watches.set(kind, lose);
  return {
    lose,
    script: [`import { watchDevices } from '${from}';`, `const loss = await watchDevices('${kind}');`],
  };
}

function watchKind(classes: object, kind: Losable): (which: number) => Promise<void> {
  const { makers, method, open } = kinds[kind];
  const live = new Map<object, Open>();
  const remember = (made: unknown) => {
    if (typeof made !== 'object' || made === null || live.has(made)) return;
    const one = open(made);
    if (one === undefined) return;
    live.set(made, one);
    one.lost.then(() => live.delete(made));
  };
  for (const maker of makers) {
    const prototype = propertyOf(propertyOf(classes, maker), 'prototype');
    if (typeof prototype !== 'object' || prototype === null) continue;
    afterCall(prototype, method, (_owner, _given, made) => {
      // At once where it is no promise, for what is lost later must be known by then.
      if (made instanceof Promise) made.then(remember, () => {});
      else remember(made);
    });
  }
  return async (which) => {
    const chosen = chooseLost([...live.values()], which);
    for (const { take } of chosen) take();
    await Promise.all(chosen.map(({ lost }) => lost));
    // Whoever was told in the same turn has then acted on it.
    await new Promise((resolve) => setTimeout(resolve));
  };
}

/** Devices of WebGPU, contexts of WebNN. */
function openWithDestroy(made: object): Open | undefined {
  if (!('destroy' in made && 'lost' in made && made.lost instanceof Promise)) return undefined;
  const { destroy, lost } = made;
  return typeof destroy === 'function' ? { take: () => Reflect.apply(destroy, made, []), lost } : undefined;
}

/** A context of WebGL 2; its canvas hears of the loss. */
function openContext(made: object): Open | undefined {
  if (!(made instanceof WebGL2RenderingContext) || made.isContextLost()) return undefined;
  const extension = made.getExtension('WEBGL_lose_context');
  if (extension === null) return undefined;
  const lost = new Promise((resolve) => made.canvas.addEventListener('webglcontextlost', resolve));
  return { take: () => made.isContextLost() || extension.loseContext(), lost };
}
