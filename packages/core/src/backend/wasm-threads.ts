import { DeviceError } from '../errors.js';
import { whyNoNodeThreads } from './node-threads.js';
import type { Lack } from './wasm-support.js';
import { isPage, TRIAL_WORKER } from './watch-realm.js';

/** A worker that does not answer for this long, in ms, never will: its script is a line in memory. */
const PATIENCE_MS = 5000;

/** A policy refuses a worker at once; one that has not failed after this long, in ms, was not refused. */
const REFUSAL_MS = 150;

/** What a device on WebAssembly was asked for, and where the library's workers start from. */
export interface ThreadTerms {
  readonly where: string;
  /** Threads that are asked for; `undefined` leaves the number to the library. */
  readonly threads: number | undefined;
  /** What workers start from: text, or a script; whether one at an unknown URL starts is not tried. */
  readonly workers: 'text' | { readonly script: string | undefined };
  /** Why there can be no threads, where that is known without trying. */
  readonly lack?: Lack | undefined;
}

/**
 * The threads that a device on WebAssembly may start here: those that are asked for, no number where any will do, or one
 * where there can be no more, with what is missing. Throws `DeviceError` where more are asked for than there can be.
 */
export async function settleThreads({
  where,
  threads,
  workers,
  lack: known,
}: ThreadTerms): Promise<{ readonly threads?: number; readonly threadsMissing?: string }> {
  const lack = threads === 1 ? undefined : (known ?? (await whyNoThreads(workers)));
  if (lack === undefined) return threads === undefined ? {} : { threads };
  if (threads === undefined) return { threads: 1, threadsMissing: lack.missing };
  throw new DeviceError({
    where: `${where}: threads`,
    got: `${threads}, when ${lack.reason}`,
    want: '1',
    hint: `threads need ${lack.missing}; one works: ask for threads: 1`,
  });
}

async function whyNoThreads(workers: ThreadTerms['workers']): Promise<Lack | undefined> {
  if (typeof SharedArrayBuffer === 'undefined') {
    return {
      reason: 'the page is not cross-origin isolated',
      missing:
        'the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp of the page',
    };
  }
  if (!isPage()) return whyNoNodeThreads();
  if (workers === 'text') return whyNoTextWorkers();
  const { script } = workers;
  if (script === undefined) return undefined;
  // Libraries fetch a script of another origin and start their workers from its text.
  const own = new URL(script, location.href).origin === location.origin;
  return own ? whyNoScriptWorkers(script) : whyNoTextWorkers();
}

const refused = (source: string): Lack => ({
  reason: `the page's content security policy refuses workers from ${source} (worker-src)`,
  missing: `${source} in worker-src of the page's Content-Security-Policy`,
});

function whyNoScriptWorkers(script: string): Promise<Lack | undefined> {
  return tryWorker(
    () => new Worker(script, { type: 'module', name: TRIAL_WORKER }),
    (_, settle) => setTimeout(settle, REFUSAL_MS, undefined),
    refused("'self'"),
  );
}

async function whyNoTextWorkers(): Promise<Lack | undefined> {
  const url = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }));
  const silent = { reason: 'workers do not start', missing: 'a browser or page whose workers answer' };
  try {
    return await tryWorker(
      () => new Worker(url, { name: TRIAL_WORKER }),
      (worker, settle) => {
        worker.addEventListener('message', () => settle(undefined));
        return setTimeout(settle, PATIENCE_MS, silent);
      },
      refused('blob:'),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** What `wait` settles on, unless the worker cannot be made or dies first. */
async function tryWorker(
  make: () => Worker,
  wait: (worker: Worker, settle: (lack: Lack | undefined) => void) => ReturnType<typeof setTimeout>,
  refusal: Lack,
): Promise<Lack | undefined> {
  let worker: Worker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const made = make();
    worker = made;
    return await new Promise((settle) => {
      made.addEventListener('error', (event) => {
        event.preventDefault();
        // A script that runs says what is wrong.
        settle(event.message ? { ...refusal, reason: `workers die: ${event.message}` } : refusal);
      });
      timer = wait(made, settle);
    });
  } catch {
    return refusal;
  } finally {
    clearTimeout(timer);
    worker?.terminate();
  }
}
