import { DeviceError, StrataError } from '../errors.js';

/** Reports when a device is lost (a WebGPU device, a WebGL context), and counts the losses. */
export class LossWatch {
  readonly #where: string;
  #generation = 0;
  #reason: string | undefined;
  #reject: ((error: DeviceError) => void) | undefined;

  constructor(where: string) {
    this.#where = where;
  }

  /** Grows by one with each loss: what was made in an earlier generation is gone. */
  get generation(): number {
    return this.#generation;
  }

  /** Why the device was lost; `undefined` while there is one. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** To be called once for each loss, by whoever learns of it first. */
  readonly declareLost = (reason: string): void => {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#generation++;
    this.#reject?.(this.#error(reason));
  };

  /** A new device is there. */
  declareRecovered(): void {
    this.#reason = undefined;
  }

  /** The result of `work`, or a `DeviceError` as soon as the device is lost. A library may never settle after that. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const lost = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    try {
      return await Promise.race([work(), lost]);
    } catch (error) {
      // What a library throws after its device is gone does not matter: the loss is the error to report.
      throw this.#reason === undefined || error instanceof StrataError ? error : this.#error(this.#reason);
    } finally {
      this.#reject = undefined;
    }
  }

  #error(reason: string): DeviceError {
    return new DeviceError({
      where: this.#where,
      got: `the device was lost: ${reason}`,
      hint: 'run again: the network is rebuilt from the weights kept on the host',
    });
  }
}
