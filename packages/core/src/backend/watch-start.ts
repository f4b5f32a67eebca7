import { DeviceError } from '../errors.js';
import { isPage, type RealmEvents, watchRealm } from './watch-realm.js';

/** How often progress is looked for. Rounds are counted, not time: a thread that compiles for seconds loses none. */
const ROUND_MS = 200;

/** A start-up that makes no progress for this many rounds, 8 s, never ends. */
const SILENT_ROUNDS = 40;

/** The same for its code, just before that, for then the reason is known. */
const CODE_ROUNDS = 39;

/** The same for an answer that a healthy system gives at once, 5 s: `auto` still has time for another device. */
const ANSWER_ROUNDS = 25;

/** The same once a worker has died, 2 s: it may have been another program's. */
const ROUNDS_AFTER_DEATH = 10;

/** Who listens to the realm now. */
const listeners = new Set<RealmEvents>();
let unwatchRealm: (() => void) | undefined;

/**
 * The result of `start`, or a `DeviceError` when it waits for something that will not come: a worker that died or does
 * not answer, a file that a server stopped sending. Slow but healthy starts go on: every script, every piece of a file
 * and every message of a worker counts as progress. In Node, where neither a server nor a policy is in the way, only
 * workers and what is `awaited` have a limit: a driver may load for longer.
 */
export function watchStart<T>(
  { where, waitsForWorkers }: { readonly where: string; readonly waitsForWorkers: boolean },
  start: () => Promise<T>,
): Promise<T> {
  const watch = new StartWatch(waitsForWorkers);
  return unlessStuck(watch, start, (reason) => {
    const hint = watch.threads ? `${again()}, and ask for threads: 1` : `${again()}, or choose another device`;
    return new DeviceError({ where, got: `it does not start: ${reason}`, hint });
  });
}

/** The same promise, of a system that may never answer: an error names it after 5 s. For start-ups, which are watched. */
export function awaited<T>(what: string, promise: Promise<T>): Promise<T> {
  return awaitedFor(ANSWER_ROUNDS, what, promise);
}

/** The code of a device or library, while a start-up waits for it. */
export function loadCode<T>(code: Promise<T>): Promise<T> {
  return awaitedFor(CODE_ROUNDS, 'its code', code);
}

/** What is awaited gives no answer. */
export class NoAnswer extends Error {}

async function awaitedFor<T>(rounds: number, what: string, promise: Promise<T>): Promise<T> {
  events.progress();
  const result = await unlessStuck(
    new Patience(rounds),
    () => promise,
    () => new NoAnswer(`it does not start: nothing comes from ${what}; ${again()}, or choose another device`),
  );
  events.progress();
  return result;
}

const again = (): string => (isPage() ? 'reload the page' : 'restart the process');

/** What `work` gives, unless the listener finds first that it will never end. */
async function unlessStuck<T>(
  listener: Patience,
  work: () => Promise<T>,
  explain: (reason: string) => Error,
): Promise<T> {
  listeners.add(listener);
  unwatchRealm ??= watchRealm(events);
  let timer: ReturnType<typeof setInterval> | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const reason = listener.endRound();
      if (reason !== undefined) reject(explain(reason));
    }, ROUND_MS);
  });
  try {
    return await Promise.race([work(), stuck]);
  } finally {
    clearInterval(timer);
    listeners.delete(listener);
    if (listeners.size === 0) {
      unwatchRealm?.();
      unwatchRealm = undefined;
    }
  }
}

/** So many rounds without progress. */
class Patience implements RealmEvents {
  readonly #rounds: number;
  protected silent = 0;

  constructor(rounds: number) {
    this.#rounds = rounds;
  }

  progress(): void {
    this.silent = 0;
  }

  begin(_file: string): void {}
  end(_file: string): void {}
  workerMade(): void {}
  workerDied(_reason: string): void {}

  /** Why there is no hope; `undefined` while there is. */
  endRound(): string | undefined {
    this.silent++;
    return this.silent < this.#rounds ? undefined : 'nothing comes';
  }
}

/** What one start-up waits for, as far as can be seen. */
class StartWatch extends Patience {
  readonly #waitsForWorkers: boolean;
  readonly #files = new Set<string>();
  #workerMade = false;
  #death: string | undefined;

  constructor(waitsForWorkers: boolean) {
    super(SILENT_ROUNDS);
    this.#waitsForWorkers = waitsForWorkers;
  }

  override begin(file: string): void {
    this.#files.add(file);
    this.progress();
  }

  override end(file: string): void {
    this.#files.delete(file);
    this.progress();
  }

  override workerMade(): void {
    this.#workerMade = true;
    this.progress();
  }

  override workerDied(reason: string): void {
    this.#death ??= reason;
    this.progress();
  }

  /** Whether it is workers that are waited for, so that one thread might start. */
  get threads(): boolean {
    return this.#waitsForWorkers && this.#files.size === 0;
  }

  override endRound(): string | undefined {
    const late = super.endRound() !== undefined;
    if (this.threads && this.#death !== undefined && this.silent >= ROUNDS_AFTER_DEATH) {
      return `a worker died: ${this.#death}`;
    }
    if (!late) return undefined;
    const [file] = this.#files;
    if (file !== undefined) return `nothing comes from ${file}`;
    if (this.#waitsForWorkers && (this.#workerMade || !isPage())) return 'its workers do not answer';
    return isPage() ? 'nothing comes from its library or a file of it' : undefined;
  }
}

/** What happens in the realm, told to every listener: which start-up it belongs to cannot be seen. */
const events: RealmEvents = {
  progress: () => tell((listener) => listener.progress()),
  begin: (file) => tell((listener) => listener.begin(file)),
  end: (file) => tell((listener) => listener.end(file)),
  workerMade: () => tell((listener) => listener.workerMade()),
  workerDied: (reason) => tell((listener) => listener.workerDied(reason)),
};

function tell(event: (listener: RealmEvents) => void): void {
  for (const listener of listeners) event(listener);
}
