import {
  type Backend,
  DeviceError,
  DisposedError,
  type Executable,
  messageOf,
  nodesOf,
  type Tensor,
  type Weights,
} from '@strata/core';
import { boundsFor, compareOutputs, formatDisagreement, interpret } from '@strata/core/reference';
import { randomTensor, randomWeights } from '../tensors.js';
import { type DeviceLoss, Losses } from './loss.js';
import { overwrite, place } from './memory.js';
import { type NetworkChoice, networkOf, pictureOf } from './networks.js';
import type { Given, Step } from './steps.js';

/** A network on a backend, as the program that compiled it knows it. */
interface Compiled {
  readonly label: string;
  readonly graph: ReturnType<typeof networkOf>;
  readonly weights: Weights;
  readonly executable: Executable;
  readonly backend: Backend;
  disposed: boolean;
}

/** A run that was started. */
interface Pending {
  readonly label: string;
  readonly compiled: Compiled;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly result: Promise<Record<string, Tensor>>;
  readonly aborted: boolean;
  /** Whether its network had been disposed of before: then it must fail. */
  readonly late: boolean;
  /** When it started, as its losses count. */
  readonly moment: number;
}

/** What a program needs besides the backend; it does without what is absent. */
export interface Surroundings {
  /** Opens another backend on the same device. */
  open?(): Promise<Backend>;
  /** Takes its devices away. */
  readonly loss?: DeviceLoss | undefined;
}

/** A run that takes longer than this never ends: these networks are tiny. */
const LONGEST_MS = 60_000;

/** A backend in a program's hands, and what the program knows to be right: the float64 reference and the contract. */
export class Scene {
  readonly failures: string[] = [];
  worst = 0;
  readonly #backends: Backend[];
  readonly #surroundings: Surroundings;
  readonly #losses: Losses;
  readonly #compiled: Compiled[] = [];
  #pending: Pending[] = [];

  constructor(backend: Backend, surroundings: Surroundings) {
    this.#backends = [backend];
    this.#surroundings = surroundings;
    this.#losses = new Losses(surroundings.loss);
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'compile':
        return this.#compile(step);
      case 'run':
        for (const [i, shape] of step.shapes.entries()) {
          this.#start(step.which, { shape, seed: step.seed + i }, step.given);
        }
        return;
      case 'abort':
        return this.#start(step.which, step, 'alone', step.after);
      case 'give up':
        return this.#giveUp(step);
      case 'wait':
        return this.#settle();
      case 'dispose':
        return this.#dispose(this.#compiled[step.which % Math.max(1, this.#compiled.length)]);
      case 'open':
        return this.#openSecond();
      case 'close':
        return this.#close();
      case 'lose':
        return this.#losses.take(step.which, step.after);
    }
  }

  /** Waits for everything and disposes of everything but the backend that was given. */
  async end(): Promise<void> {
    await this.#settle();
    for (const one of this.#compiled) await this.#dispose(one);
    await this.#close();
    await this.#settle();
  }

  async #compile({
    on,
    seed,
    given,
    ...choice
  }: NetworkChoice & { on: number; seed: number; given: Given }): Promise<void> {
    const backend = this.#backends[on % this.#backends.length];
    const graph = networkOf(choice);
    if (backend.findGaps(graph).length > 0) return;
    const moment = this.#losses.now;
    const weights = randomWeights(graph, seed);
    const handedOver = place(weights, given);
    const compiling = backend.compile(graph, handedOver);
    overwrite(handedOver);
    const label = `network ${this.#compiled.length}`;
    try {
      const executable = await inTime(compiling);
      this.#compiled.push({ label, graph, weights, executable, backend, disposed: false });
    } catch (error) {
      if (!this.#isLoss(error, moment)) this.failures.push(`${label} did not compile: ${messageOf(error)}`);
    }
  }

  #start(which: number, { shape, seed }: { shape: number; seed: number }, given: Given, after?: number): void {
    if (this.#compiled.length === 0) return;
    const compiled = this.#compiled[which % this.#compiled.length];
    const inputs = Object.fromEntries(
      nodesOf(compiled.graph, 'input').map(({ name }, i) => [name, randomTensor(pictureOf(shape), seed + i)]),
    );
    const handedOver = place(inputs, given);
    const controller = new AbortController();
    const moment = this.#losses.now;
    const result = compiled.executable.run(handedOver, after === undefined ? {} : { signal: controller.signal });
    result.catch(() => {});
    overwrite(handedOver);
    const label = `${compiled.label}, pictures ${pictureOf(shape).join('×')} of seed ${seed}`;
    this.#pending.push({
      label,
      compiled,
      inputs,
      result,
      aborted: after !== undefined,
      late: compiled.disposed,
      moment,
    });
    if (after === 0) controller.abort();
    else if (after !== undefined) setTimeout(() => controller.abort(), after);
  }

  async #giveUp({ on, after, ...choice }: NetworkChoice & { on: number; after: number }): Promise<void> {
    const backend = this.#backends[on % this.#backends.length];
    const graph = networkOf(choice);
    if (backend.findGaps(graph).length > 0) return;
    const controller = new AbortController();
    const moment = this.#losses.now;
    const compiling = backend.compile(graph, randomWeights(graph, after), { signal: controller.signal });
    compiling.catch(() => {});
    if (after === 0) controller.abort();
    else setTimeout(() => controller.abort(), after);
    try {
      await (await inTime(compiling)).dispose();
    } catch (error) {
      if (isAbort(error) || this.#isLoss(error, moment)) return;
      this.failures.push(`an aborted compile failed otherwise: ${messageOf(error)}`);
    }
  }

  async #settle(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    for (const one of pending) await this.#judge(one);
    await this.#losses.settle();
  }

  async #judge({ label, compiled, inputs, result, aborted, late, moment }: Pending): Promise<void> {
    try {
      const got = await inTime(result);
      if (late) this.failures.push(`${label}: a result after dispose()`);
      const { graph, weights, backend } = compiled;
      const judged = interpret(graph, weights, inputs, boundsFor(backend, false));
      const names = Object.keys(got);
      if (names.join() !== graph.outputs.join()) {
        this.failures.push(`${label}: outputs ${names.join(', ')}, want ${graph.outputs.join(', ')}`);
      }
      for (const [output, agreement] of compareOutputs(judged, got)) {
        this.worst = Math.max(this.worst, agreement.worst);
        if (agreement.failed > 0) this.failures.push(formatDisagreement(agreement, `${label}: '${output}'`));
      }
      overwrite(got);
    } catch (error) {
      const allowed =
        (aborted && isAbort(error)) ||
        (compiled.disposed && error instanceof DisposedError) ||
        (!late && this.#isLoss(error, moment));
      if (!allowed) this.failures.push(`${label}: ${messageOf(error)}`);
    }
  }

  /** Not awaited while runs go on: what they then give is right or a `DisposedError`. */
  async #dispose(one: Compiled | undefined): Promise<void> {
    if (one === undefined) return;
    one.disposed = true;
    const disposing = one.executable.dispose();
    if (this.#pending.length === 0) await inTime(disposing);
    else disposing.catch((error: unknown) => this.failures.push(`${one.label}: dispose: ${messageOf(error)}`));
  }

  async #openSecond(): Promise<void> {
    const { open } = this.#surroundings;
    if (open === undefined || this.#backends.length > 1) return;
    const moment = this.#losses.now;
    try {
      this.#backends.push(await inTime(open()));
    } catch (error) {
      if (!this.#isLoss(error, moment)) throw error;
    }
  }

  /** Whether a call of that moment may end so: its device was lost before it ended. Calls that start later may not. */
  #isLoss(error: unknown, moment: number): boolean {
    return this.#losses.mayHit(moment) && error instanceof DeviceError;
  }

  async #close(): Promise<void> {
    const [, second] = this.#backends.splice(1);
    const closed = this.#backends.length === 1 ? second : undefined;
    if (closed === undefined) return;
    for (const one of this.#compiled) if (one.backend === closed) one.disposed = true;
    await inTime(closed.dispose());
  }
}

function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing in ${LONGEST_MS / 1000} s`)), LONGEST_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
