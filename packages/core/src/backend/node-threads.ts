import { messageOf } from '../errors.js';
import { propertyOf } from '../records.js';
import type { Lack } from './wasm-support.js';

/** A thread that is not online for this long, in ms, never will be: it runs nothing. */
const PATIENCE_MS = 5000;

/** As much of a `worker_threads.Worker` as is needed here. */
interface Thread {
  once(event: 'online' | 'error' | 'exit', listener: (value: unknown) => void): void;
  terminate(): Promise<unknown>;
}

/** Why Node, Deno or Bun cannot start threads: a permission, a limit of the system; `undefined` where one starts. */
export async function whyNoNodeThreads(): Promise<Lack | undefined> {
  const permission = propertyOf(Reflect.get(globalThis, 'process'), 'permission');
  const has = propertyOf(permission, 'has');
  if (typeof has === 'function' && has.call(permission, 'worker') === false) {
    return { reason: 'Node forbids worker threads (--permission)', missing: '--allow-worker' };
  }
  let thread: Thread | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const made = makeThread();
    if (made === undefined) return undefined;
    thread = made;
    await new Promise<void>((resolve, reject) => {
      made.once('online', () => resolve());
      made.once('error', reject);
      made.once('exit', () => reject(new Error('it ends at once')));
      timer = setTimeout(reject, PATIENCE_MS, new Error('it does not start'));
    });
    return undefined;
  } catch (error) {
    const reason = `a worker thread fails (${messageOf(error)})`;
    return { reason, missing: 'a process that may start threads: see its limits of processes and memory' };
  } finally {
    clearTimeout(timer);
    await thread?.terminate();
  }
}

/** A thread that does nothing; `undefined` where the runtime does not say how to make one. */
function makeThread(): Thread | undefined {
  const load = propertyOf(Reflect.get(globalThis, 'process'), 'getBuiltinModule');
  const Worker = typeof load === 'function' ? propertyOf(load('node:worker_threads'), 'Worker') : undefined;
  const made: unknown = typeof Worker === 'function' ? Reflect.construct(Worker, ['', { eval: true }]) : undefined;
  return isThread(made) ? made : undefined;
}

function isThread(value: unknown): value is Thread {
  return typeof propertyOf(value, 'once') === 'function' && typeof propertyOf(value, 'terminate') === 'function';
}
