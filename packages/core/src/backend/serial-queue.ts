import { AbortListeners } from './abort-listeners.js';

/** Runs tasks one after another, in the order they came. One for each device. */
export class SerialQueue {
  #tail: Promise<void> = Promise.resolve();
  readonly #listeners = new AbortListeners();

  /**
   * The result of `task`, run when all earlier tasks have ended. While it waits, the first of `signals` to abort
   * rejects it at once with that signal's reason, and the task never starts.
   */
  run<T>(task: () => Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted !== undefined) return Promise.reject(aborted.reason);
    const previous = this.#tail;
    let finish: () => void = () => {};
    this.#tail = new Promise((resolve) => {
      finish = resolve;
    });
    return new Promise<T>((resolve, reject) => {
      let waiting = true;
      const cancel = () => {
        if (!waiting) return;
        waiting = false;
        forget();
        reject(signals.find((signal) => signal.aborted)?.reason);
        previous.then(finish);
      };
      const forget = () => {
        for (const signal of signals) this.#listeners.remove(signal, cancel);
      };
      for (const signal of signals) this.#listeners.add(signal, cancel);
      previous.then(() => {
        if (!waiting) return;
        waiting = false;
        forget();
        startTask(task).then(resolve, reject).finally(finish);
      });
    });
  }
}

/** A task that throws before its first await rejects like any other. */
async function startTask<T>(task: () => Promise<T>): Promise<T> {
  return await task();
}
