import { DeviceError, DisposedError, UnsupportedError } from '../errors.js';
import { type Graph, type Node, nodesOf } from '../graph/graph.js';
import { verifyGraph } from '../graph/verify.js';
import { selectOutputs } from '../graph/walk.js';
import { defaultPasses } from '../passes/default-passes.js';
import { type Model, type Pass, runPasses } from '../passes/pass.js';
import { countElements, isConcrete, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { bindWeights } from '../weights/bind.js';
import type { Weights } from '../weights/weights.js';
import { asyncDispose } from './async-dispose.js';
import { detach } from './detach.js';
import { LossWatch } from './device-loss.js';
import { createExecutable, type Program } from './executable.js';
import { SerialQueue } from './serial-queue.js';
import type { Backend, CompileOptions, DeviceReport, Executable, Gap, Precision } from './types.js';

/** What a library must bring to become a `Backend`; everything else in the contract is implemented here, once. */
export interface BackendParts {
  readonly report: DeviceReport;
  /** Why a node cannot run on this device; `undefined` when it can. */
  gapOf(node: Node): string | undefined;
  /**
   * Lowers a verified model whose weights fit, uploads the weights and compiles. Runs alone on the device. The model is
   * the backend's own, which no caller changes; nor may the program, for a lost device is prepared from it again.
   */
  prepare(model: Model, context: PrepareContext): Promise<Program>;
  /** Frees the device. Called once, after every program was released. */
  release(): Promise<void> | void;
  /** For devices that can be lost: calls `declareLost` when it happens. Called once. */
  watchLoss?(declareLost: (reason: string) => void): void;
  /** Reopens the device after a loss; programs are then prepared again. Throws `DeviceError` when that fails. */
  recover?(): Promise<void>;
  /** Rewrites before lowering; `defaultPasses` unless given. */
  readonly passes?: readonly Pass[];
  /** Precisions besides float32 that `compile` may ask for. */
  readonly precisions?: readonly Precision[];
  /** Whether `compile` ends with a run, where all input sizes are known or typical ones are given. */
  readonly warmUp?: boolean;
  /** Whether a program no longer needs its input arrays once `execute` resolves: the next run then copies into them. */
  readonly reuseInputs?: boolean;
}

/** What the caller of `compile` asked for, handed to `prepare`. */
export interface PrepareContext {
  readonly precision: Precision;
  readonly signal: AbortSignal | undefined;
  /** To be called as steps of the preparation end. */
  onProgress(done: number, total: number): void;
}

/** The `Backend` that these parts make: checks, passes, queueing, disposal and errors as the contract says. */
export function defineBackend(parts: BackendParts): Backend {
  const { report } = parts;
  const queue = new SerialQueue();
  const loss = new LossWatch(`${report.backend}/${report.device}`);
  parts.watchLoss?.(loss.declareLost);
  const executables = new Set<Executable>();
  const compilations = new Set<Promise<Executable>>();
  const disposing = new AbortController();
  let disposal: Promise<void> | undefined;

  function findGaps(graph: Graph): Gap[] {
    return graph.nodes.flatMap((node) => {
      const reason = parts.gapOf(node);
      return reason === undefined ? [] : [{ node: node.name, op: node.op, reason }];
    });
  }

  async function compile(graph: Graph, weights: Weights, options?: CompileOptions): Promise<Executable> {
    disposing.signal.throwIfAborted();
    const compilation = compileAlive(graph, weights, options);
    compilations.add(compilation);
    try {
      return await compilation;
    } finally {
      compilations.delete(compilation);
    }
  }

  async function compileAlive(graph: Graph, weights: Weights, options: CompileOptions = {}): Promise<Executable> {
    const { signal, precision = 'float32', onProgress } = options;
    signal?.throwIfAborted();
    checkOptions(options, parts);
    verifyGraph(graph);
    const bound = bindWeights(graph, weights);
    const selected = selectOutputs(graph, options.outputs ?? graph.outputs);
    verifyGraph(selected);
    // Nodes that no output needs are not lowered, so their weights are not uploaded.
    const needed = Object.fromEntries(nodesOf(selected, 'parameter').map(({ name }) => [name, bound[name]]));
    const lowered = runPasses({ graph: selected, weights: needed }, parts.passes ?? defaultPasses);
    refuseGaps(findGaps(lowered.graph), report);
    // Before anything is awaited: from here on the caller may change what it gave.
    const model = detach(lowered, weights);
    const context = { precision, signal, onProgress: (done: number, total: number) => onProgress?.(done, total) };
    let prepare = preparation(parts, loss, model);
    let program: Program | undefined = await queue.run(
      () => loss.guard(() => prepare(context)),
      signal === undefined ? [disposing.signal] : [disposing.signal, signal],
    );
    // Weights are on the device now: only one that can be made anew needs them again.
    if (parts.recover === undefined) prepare = () => refuseRecovery(report, loss);
    let generation = loss.generation;
    const release = async () => {
      const released = program;
      program = undefined;
      await released?.release();
    };
    const revive = async (): Promise<Program> => {
      await release();
      program = await loss.guard(() => prepare({ precision, signal: undefined, onProgress: () => {} }));
      generation = loss.generation;
      return program;
    };
    const executable = createExecutable({
      where: `${report.backend}/${report.device}`,
      library: report.library.name,
      graph: model.graph,
      reuseInputs: parts.reuseInputs ?? false,
      queue,
      async execute(inputs, runSignal) {
        const live = program === undefined || generation !== loss.generation ? await revive() : program;
        return loss.guard(() => live.execute(inputs, runSignal));
      },
      release,
      onDispose: () => executables.delete(executable),
    });
    executables.add(executable);
    if (disposing.signal.aborted) {
      await executable.dispose();
      throw disposing.signal.reason;
    }
    return executable;
  }

  async function dispose(): Promise<void> {
    disposal ??= (async () => {
      disposing.abort(disposedError(report));
      await Promise.allSettled(compilations);
      const ended = await Promise.allSettled([...executables].map((executable) => executable.dispose()));
      await queue.run(async () => parts.release(), []);
      const failure = ended.find((end) => end.status === 'rejected');
      if (failure !== undefined) throw failure.reason;
    })();
    await disposal;
  }

  return {
    name: report.backend,
    device: report.device,
    report,
    findGaps,
    compile,
    dispose,
    [asyncDispose]: dispose,
  };
}

function disposedError({ backend, device }: DeviceReport): DisposedError {
  return new DisposedError({ where: `${backend}/${device}`, got: 'a call after dispose()', want: 'a live backend' });
}

function checkOptions(
  { trainable = [], precision = 'float32' }: CompileOptions,
  { report, precisions = [] }: BackendParts,
): void {
  const where = `${report.backend}/${report.device}: compile`;
  if (trainable.length > 0) {
    throw new UnsupportedError({
      where,
      got: `trainable ${trainable.join(', ')}`,
      want: 'none',
      hint: 'training is not supported yet',
    });
  }
  if (precision !== 'float32' && !precisions.includes(precision)) {
    throw new UnsupportedError({
      where,
      got: `precision '${precision}'`,
      want: ['float32', ...precisions].join(' or '),
    });
  }
}

function refuseGaps(gaps: readonly Gap[], { backend, device }: DeviceReport): void {
  if (gaps.length === 0) return;
  const [{ node, op, reason }] = gaps;
  throw new UnsupportedError({
    where: `${backend}/${device}`,
    got: gaps.length === 1 ? `${node} (${op}): ${reason}` : `${gaps.length} layers that it cannot run`,
    want: 'ops that this device can run',
    hint: 'choose another device or backend',
    ...(gaps.length === 1
      ? {}
      : { table: { columns: ['layer', 'op', 'why'], rows: gaps.map((gap) => [gap.node, gap.op, gap.reason]) } }),
  });
}

/** Makes a program of the model, on a new device where the last one was lost. */
function preparation(
  parts: BackendParts,
  loss: LossWatch,
  model: Model,
): (context: PrepareContext) => Promise<Program> {
  return async (context) => {
    if (loss.reason !== undefined) await recover(parts, loss);
    return prepareWarm(parts, model, context);
  };
}

async function recover({ report, recover: reopen }: BackendParts, loss: LossWatch): Promise<void> {
  if (reopen === undefined) return refuseRecovery(report, loss);
  await reopen();
  loss.declareRecovered();
}

async function refuseRecovery({ backend, device }: DeviceReport, { reason }: LossWatch): Promise<never> {
  throw new DeviceError({
    where: `${backend}/${device}`,
    got: `the device was lost: ${reason}`,
    hint: 'this library cannot make a new one here; create the backend anew',
  });
}

/** A library's own exception becomes a `DeviceError` that says which library. */
async function prepareWarm(parts: BackendParts, model: Model, context: PrepareContext): Promise<Program> {
  const { report } = parts;
  try {
    const program = await parts.prepare(model, context);
    try {
      context.signal?.throwIfAborted();
      if (parts.warmUp === true) await warmUp(program, model.graph);
    } catch (error) {
      await program.release();
      throw error;
    }
    return program;
  } catch (error) {
    context.signal?.throwIfAborted();
    throw DeviceError.wrap(error, `${report.backend}/${report.device}: compile`, report.library.name);
  }
}

async function warmUp(program: Program, graph: Graph): Promise<void> {
  const inputs: [string, Tensor][] = [];
  for (const { name, attributes } of nodesOf(graph, 'input')) {
    const shape: Shape | undefined = isConcrete(attributes.shape) ? attributes.shape : attributes.typical;
    if (shape === undefined) return;
    inputs.push([name, { shape, dtype: 'float32', data: new Float32Array(countElements(shape)) }]);
  }
  await program.execute(Object.fromEntries(inputs), undefined);
}
