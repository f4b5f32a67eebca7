/** How the devices below a backend are taken away from outside its library, as drivers and browsers take them. */
export interface DeviceLoss {
  /**
   * Takes away all that are open where `which` is 0, else the one of that number; a number that names none names another.
   * Settles when whoever listens has heard.
   */
  lose(which: number): Promise<void>;
  /** The lines of a module that make `loss`, which is this one. */
  readonly script: readonly string[];
}

/** Those of `all` that `lose(which)` takes away. */
export function chooseLost<T>(all: readonly T[], which: number): readonly T[] {
  if (which === 0 || all.length === 0) return all;
  return [all[(which - 1) % all.length]];
}

/** The losses of a program, and which of its calls may have felt one. */
export class Losses {
  readonly #loss: DeviceLoss | undefined;
  #begun = 0;
  #heard = 0;
  #pending: Promise<void>[] = [];

  constructor(loss: DeviceLoss | undefined) {
    this.#loss = loss;
  }

  /** Takes a device away, some milliseconds from now. */
  take(which: number, after: number): void {
    const loss = this.#loss;
    if (loss === undefined) return;
    const take = async () => {
      if (after > 0) await new Promise((resolve) => setTimeout(resolve, after));
      this.#begun++;
      await loss.lose(which);
      this.#heard++;
    };
    const taking = take();
    taking.catch(() => {});
    this.#pending.push(taking);
  }

  /** A moment, which a call remembers that starts now. */
  get now(): number {
    return this.#heard;
  }

  /** Whether a call that started at `moment` may fail for a loss: one began later, or was not heard of by then. */
  mayHit(moment: number): boolean {
    return this.#begun > moment;
  }

  /** Waits until everybody has heard of all of them. */
  async settle(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    await Promise.all(pending);
  }
}
