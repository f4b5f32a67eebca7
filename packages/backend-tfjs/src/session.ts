import { DeviceError, messageOf } from '@strata/core';
import {
  copyRegisteredKernels,
  engine,
  env,
  getKernelsForBackend,
  KernelBackend,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { type Patch, withPatches } from './patches.js';
import { fullTraits, type Traits } from './traits.js';

export interface SessionOptions {
  /** The name under which the library registered its kernels: `'cpu'`, `'wasm'` … */
  readonly kernels: string;
  /** The opened device. The session owns it and disposes it. */
  readonly backend: KernelBackend;
  /** tfjs flags that are set while the session works, and only then. */
  readonly flags?: Readonly<Record<string, boolean | number>>;
  /** What the library needs in the global scope or in a Node module while it works; restored whenever it stops. */
  readonly patches?: readonly Patch[];
  /** Where its kernels support less than tfjs defines; nowhere by default. */
  readonly traits?: Traits;
  /** Settles with the reason when the device is lost; absent where it cannot be. */
  readonly lost?: Promise<string>;
}

/**
 * One open device of tfjs, independent of all others. tfjs has one engine, and that has one current backend: a session
 * makes its own current for a synchronous stretch of work and then puts back exactly what was there. JavaScript runs
 * nothing in between, so several devices, and other users of tfjs, live side by side without a lock. Where nobody chose
 * a backend of tfjs, the first session stands there until it closes, so that `tf.memory()` can be asked.
 */
export class Session {
  readonly backend: KernelBackend;
  readonly traits: Traits;
  readonly lost: Promise<string> | undefined;
  readonly #waiting = new Set<(reason: DeviceError) => void>();
  readonly #name: string;
  readonly #flags: Readonly<Record<string, boolean | number>>;
  readonly #patches: readonly Patch[];

  constructor({ kernels, backend, flags = {}, patches = [], traits = fullTraits, lost }: SessionOptions) {
    checkEngine();
    this.backend = backend;
    this.#name = unusedName(kernels);
    this.#flags = flags;
    this.#patches = patches;
    this.traits = traits;
    this.lost = lost;
    lost?.then((reason) => {
      const error = new DeviceError({ where: `tfjs/${kernels}`, got: `the device was lost: ${reason}` });
      for (const reject of this.#waiting) reject(error);
    });
    copyRegisteredKernels(kernels, this.#name);
    setUpsOf.set(this.#name, listSetUps(this.#name));
    if (!isNobodys()) return;
    setCurrent([this.#name, this.backend, null]);
    setUpKernels(this.#name, this.backend);
  }

  /** The result of `work`, which must be synchronous, with this device current. */
  run<T>(work: () => T): T {
    return withPatches(this.#patches, () => withFlags(this.#flags, () => withBackend(this.#name, this.backend, work)));
  }

  /**
   * What the library's promise gives, or a `DeviceError` when the device is lost: the library's promise then never
   * settles.
   */
  async settle<T>(promised: Promise<T>): Promise<T> {
    let stop: (reason: DeviceError) => void = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = reject;
    });
    this.#waiting.add(stop);
    try {
      return await Promise.race([promised.catch((error) => this.#explain(error)), stopped]);
    } finally {
      this.#waiting.delete(stop);
    }
  }

  /** Browsers abort what waits on a lost device before they report the loss: it is worth waiting for the report. */
  async #explain(error: unknown): Promise<never> {
    if (this.lost !== undefined) await new Promise((resolve) => setTimeout(resolve, LOSS_NEWS_MS));
    throw new DeviceError({ where: `tfjs: ${this.#name}`, got: `no result: ${messageOf(error)}`, cause: error });
  }

  /** Frees the device. Every tensor of the session must be gone by now. */
  close(): void {
    if (readCurrent()[0] === this.#name) setCurrent([undefined, undefined, null]);
    this.run(() => this.backend.dispose());
    for (const { kernelName } of getKernelsForBackend(this.#name)) unregisterKernel(kernelName, this.#name);
    setUpsOf.delete(this.#name);
  }
}

/** How long a browser may take to report that a device is lost. */
const LOSS_NEWS_MS = 100;

/** What tfjs stores about its current backend; all but the first are private, so the version is pinned. */
const CURRENT = ['backendName', 'backendInstance', 'pendingBackendInit'] as const;

function readCurrent(): unknown[] {
  return CURRENT.map((field) => Reflect.get(engine(), field));
}

function setCurrent(values: readonly unknown[]): void {
  for (const [index, value] of values.entries()) Reflect.set(engine(), CURRENT[index], value);
}

/** Whether no backend was ever chosen: `tf.memory()` would then start loading one. */
function isNobodys(): boolean {
  return readCurrent().every((value) => value === undefined || value === null);
}

function checkEngine(): void {
  if (typeof Reflect.get(engine(), 'setupRegisteredKernels') === 'function') return;
  throw new DeviceError({
    where: 'tfjs',
    got: 'an engine without a current backend',
    want: '@tensorflow/tfjs-core 4.22',
    hint: 'install the version that @strata/backend-tfjs names',
  });
}

/** tfjs takes the part of a kernel's key before the first underscore for the backend's name. */
function unusedName(kernels: string): string {
  let count = 1;
  while (getKernelsForBackend(`strata-${kernels}-${count}`).length > 0) count++;
  return `strata-${kernels}-${count}`;
}

function withBackend<T>(name: string, backend: KernelBackend, work: () => T): T {
  if (readCurrent()[0] === name) return work();
  return keepingCurrent(() => {
    setCurrent([name, backend, null]);
    setUpKernels(name, backend);
    return work();
  });
}

/** The result of `work`; whatever it makes current, what was current before is restored. */
export function keepingCurrent<T>(work: () => T): T {
  const before = readCurrent();
  try {
    return work();
  } finally {
    setCurrent(before);
    const [previousName, previousBackend] = before;
    if (typeof previousName === 'string' && previousBackend instanceof KernelBackend) {
      setUpKernels(previousName, previousBackend);
    }
  }
}

/**
 * The wasm kernels keep the functions of one wasm instance in module variables: they are set again whenever it is used.
 */
function setUpKernels(name: string, backend: KernelBackend): void {
  for (const setUp of setUpsOf.get(name) ?? listSetUps(name)) setUp(backend);
}

/**
 * By name of an open session: its kernels are all registered when it opens, and finding them takes longer than calling
 * them.
 */
const setUpsOf = new Map<string, readonly ((backend: KernelBackend) => void)[]>();

function listSetUps(name: string): readonly ((backend: KernelBackend) => void)[] {
  return getKernelsForBackend(name).flatMap(({ setupFunc }) => setupFunc ?? []);
}

function withFlags<T>(flags: Readonly<Record<string, boolean | number>>, work: () => T): T {
  const before = Object.keys(flags).map((flag) => [flag, env().get(flag)] as const);
  for (const [flag, value] of Object.entries(flags)) env().set(flag, value);
  try {
    return work();
  } finally {
    for (const [flag, value] of before) env().set(flag, value);
  }
}
