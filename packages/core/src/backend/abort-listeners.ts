/**
 * Who waits for which signals to abort. One listener a signal, however many wait: Node takes more than ten for a leak, and
 * says so on the user's terminal.
 */
export class AbortListeners {
  readonly #waiting = new Map<AbortSignal, { readonly wakes: Set<() => void>; readonly listener: () => void }>();

  add(signal: AbortSignal, wake: () => void): void {
    const known = this.#waiting.get(signal);
    if (known !== undefined) {
      known.wakes.add(wake);
      return;
    }
    const wakes = new Set([wake]);
    const listener = () => {
      for (const one of [...wakes]) one();
    };
    this.#waiting.set(signal, { wakes, listener });
    signal.addEventListener('abort', listener);
  }

  remove(signal: AbortSignal, wake: () => void): void {
    const known = this.#waiting.get(signal);
    known?.wakes.delete(wake);
    if (known === undefined || known.wakes.size > 0) return;
    this.#waiting.delete(signal);
    signal.removeEventListener('abort', known.listener);
  }
}
