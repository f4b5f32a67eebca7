/** What can be seen of a start-up from outside its library. */
export interface RealmEvents {
  /** Something came. */
  progress(): void;
  /** From now on this file is waited for. */
  begin(file: string): void;
  /** It is there, or has failed. */
  end(file: string): void;
  workerMade(): void;
  workerDied(reason: string): void;
}

/** Whether this is a page or one of its workers: files come from a server, which may take any time. */
export function isPage(): boolean {
  return 'document' in globalThis || 'WorkerGlobalScope' in globalThis;
}

/** The name of a worker that only tries whether workers start: no library waits for it. */
export const TRIAL_WORKER = 'strata-trial';

/**
 * Tells of the scripts, files and workers of a page until the function that it returns is called. Libraries fetch their
 * files and make their workers themselves, so the realm's `fetch` and `Worker` tell; what they give is not changed.
 */
export function watchRealm(events: RealmEvents): () => void {
  if (!isPage()) return () => {};
  const scripts = new PerformanceObserver((list) => {
    if (list.getEntries().some(isScript)) events.progress();
  });
  scripts.observe({ type: 'resource' });
  const restore = [patch('fetch', watchedFetch(events)), patch('Worker', watchedWorker(events))];
  return () => {
    scripts.disconnect();
    for (const one of restore) one();
  };
}

function isScript(entry: PerformanceEntry): boolean {
  return 'initiatorType' in entry && ['script', 'link'].includes(String(entry.initiatorType));
}

/** Sets a global that is there. Returns what puts it back, unless somebody else has changed it since. */
function patch(name: 'fetch' | 'Worker', value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  // Where it is not there libraries must not think that it is.
  if (before === undefined || value === undefined) return () => {};
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: true });
  return () => {
    if (Reflect.get(globalThis, name) === value) Object.defineProperty(globalThis, name, before);
  };
}

/** Files of libraries, by their URL or type: what else the page fetches meanwhile, polling perhaps, is no progress. */
const CODE_URL = /\.(wasm|m?js)([?#]|$)/;
const CODE_TYPE = /wasm|javascript/;

function watchedFetch(events: RealmEvents): typeof fetch {
  const original = globalThis.fetch;
  return async (input, init) => {
    const file = typeof input === 'object' && 'url' in input ? input.url : String(input);
    const named = CODE_URL.test(file);
    if (named) events.begin(file);
    try {
      const response = await original(input, init);
      if (named || CODE_TYPE.test(response.headers.get('Content-Type') ?? '')) countPieces(response, file, events);
      return response;
    } catch (error) {
      events.end(file);
      throw error;
    }
  };
}

/** Tells when a piece of the response comes, from a copy: browsers compile the original while it comes, and cache that. */
async function countPieces(response: Response, file: string, events: RealmEvents): Promise<void> {
  events.begin(file);
  try {
    const reader = response.clone().body?.getReader();
    while ((await reader?.read())?.done === false) events.progress();
  } catch {
    // Whoever reads the original is told.
  } finally {
    events.end(file);
  }
}

function watchedWorker(events: RealmEvents): typeof Worker | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return class extends Worker {
    constructor(script: string | URL, options?: WorkerOptions) {
      super(script, options);
      if (options?.name === TRIAL_WORKER) return;
      events.workerMade();
      this.addEventListener('message', () => events.progress());
      this.addEventListener('error', ({ message }) =>
        events.workerDied(message || `its script ${script} does not load`),
      );
      this.addEventListener('messageerror', () => events.workerDied('it cannot read its message'));
    }
  };
}
