import { asFloat32, type Graph, InputError, isComputed, type Tensor, tensor, type Weights } from '@strata/core';
import { describeFlaw, findFlaw } from '../preprocess/finite.js';
import { staysFinite } from './stays-finite.js';

/** Runs the network for these values. */
export type Run = (
  batch: Tensor,
  outputs: readonly string[],
  signal: AbortSignal | undefined,
) => Promise<Record<string, Tensor>>;

/** Larger than any value that pre-processing makes (151, from BVLC's), and far from where float32 ends. */
export const ORDINARY = 1e4;

/** Runs of one network in which no value leaves float32, the hidden ones included. */
export class FiniteRuns {
  readonly #graph: Graph;
  readonly #weights: Weights;
  readonly #run: Run;
  #safe: boolean | undefined;

  /** Of a `trusted` network only the outputs are looked at. */
  constructor({ graph, weights, trusted }: { graph: Graph; weights: Weights; trusted: boolean }, run: Run) {
    this.#graph = graph;
    this.#weights = weights;
    this.#run = run;
    if (trusted) this.#safe = true;
  }

  /**
   * As `run`, for a batch [batch, channels, height, width] of finite values. `InputError` names the first stage with a
   * value that is not finite. Where the weights and the pictures leave it open whether there is one, every value of the
   * network is looked at, picture by picture, which takes several times as long.
   */
  async run(
    batch: Tensor,
    outputs: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Record<string, Tensor>> {
    const values = await this.#run(batch, outputs, signal);
    const shown = outputs.find((name) => findFlaw(values[name]) !== undefined);
    if (shown === undefined && this.#isSafe(batch)) return values;
    await this.#refuseFlaws(batch, signal);
    // Another run may round otherwise.
    if (shown !== undefined) throw refuse(shown, 'a value that is not finite');
    return values;
  }

  #isSafe(batch: Tensor): boolean {
    if (batch.data.some((value: number) => Math.abs(value) > ORDINARY)) return false;
    this.#safe ??= staysFinite(this.#graph, this.#weights, ORDINARY);
    return this.#safe;
  }

  async #refuseFlaws(batch: Tensor, signal: AbortSignal | undefined): Promise<void> {
    const names = this.#graph.nodes.filter(isComputed).map(({ name }) => name);
    for (const [row, picture] of picturesOf(batch).entries()) {
      const values = await this.#run(picture, names, signal);
      for (const name of names) {
        const flaw = findFlaw(values[name]);
        if (flaw === undefined) continue;
        const [stage] = name.split('.');
        const at = describeFlaw({ value: flaw.value, position: [row, ...flaw.position.slice(1)] });
        throw refuse(stage, name === stage ? at : `${at} of ${name}`);
      }
    }
  }
}

/** Each picture as a batch of its own: the values of all stages of many would not fit in memory. */
function picturesOf(batch: Tensor): Tensor[] {
  const [count, ...shape] = batch.shape;
  const data = asFloat32(batch);
  const size = data.length / count;
  return Array.from({ length: count }, (_, row) => tensor([1, ...shape], data.subarray(row * size, (row + 1) * size)));
}

function refuse(where: string, got: string): InputError {
  return new InputError({
    where,
    got,
    want: 'finite values',
    hint: 'the picture or the weights hold values too large for float32 from this stage on; run() gives them as they are',
  });
}
