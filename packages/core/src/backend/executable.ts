import { DeviceError, DisposedError, GraphError, ShapeError, UnsupportedError } from '../errors.js';
import { type Graph, nodesOf } from '../graph/graph.js';
import { inferConcreteShapes } from '../graph/infer.js';
import { ownValue, refuseOtherThanRecord } from '../records.js';
import { countElements, formatShape, type Shape, sameShape } from '../tensor/shape.js';
import { checkTensor, refuseOtherThanTensor, type Tensor } from '../tensor/tensor.js';
import { ArrayPool } from './array-pool.js';
import { asyncDispose } from './async-dispose.js';
import type { SerialQueue } from './serial-queue.js';
import type { DeviceTensor, Executable, RunOptions } from './types.js';

/** A lowered network as a library runs it. Calls never overlap. */
export interface Program {
  /**
   * All outputs of the graph for checked float32 inputs. Outputs must be fresh. The program may keep the
   * keep, unless its backend says `reuseInputs`.
   */
  execute(inputs: Readonly<Record<string, Tensor>>, signal: AbortSignal | undefined): Promise<Record<string, Tensor>>;
  /** Frees everything. Called once, after the last `execute`, even if the device was lost in the meantime. */
  release(): Promise<void> | void;
}

export interface ExecutableParts {
  /** `backend/device`, for messages. */
  readonly where: string;
  /** The library's name, for messages. */
  readonly library: string;
  readonly graph: Graph;
  /** Whether input arrays are free again when `execute` resolves. */
  readonly reuseInputs: boolean;
  readonly queue: SerialQueue;
  readonly execute: Program['execute'];
  readonly release: Program['release'];
  onDispose(): void;
}

export function createExecutable(parts: ExecutableParts): Executable {
  const { where, graph, queue, reuseInputs, release, onDispose } = parts;
  const disposing = new AbortController();
  const inferShapes = rememberShapes(graph);
  const pool = new ArrayPool();
  let disposal: Promise<void> | undefined;

  async function run(
    given: Readonly<Record<string, Tensor | DeviceTensor>>,
    { keepOnDevice = [], signal }: RunOptions = {},
  ): Promise<Record<string, Tensor>> {
    disposing.signal.throwIfAborted();
    signal?.throwIfAborted();
    if (keepOnDevice.length > 0) {
      throw new UnsupportedError({
        where: `${where}: run`,
        got: `keepOnDevice ${keepOnDevice.join(', ')}`,
        want: 'none',
      });
    }
    const inputs = readInputs(graph, given, where, pool);
    const shapes = inferShapes(inputs);
    const signals = signal === undefined ? [disposing.signal] : [disposing.signal, signal];
    const outputs = await queue.run(() => executeOrExplain(parts, inputs, signal), signals);
    // After a failure the library may still read them.
    if (reuseInputs) for (const [name, { data }] of Object.entries(inputs)) pool.give(name, data);
    checkOutputs(graph, outputs, shapes, where);
    return outputs;
  }

  async function dispose(): Promise<void> {
    disposal ??= (async () => {
      const reason = new DisposedError({ where, got: 'a call after dispose()', want: 'a live executable' });
      disposing.abort(reason);
      await queue.run(async () => release(), []);
      onDispose();
    })();
    await disposal;
  }

  return { run, dispose, [asyncDispose]: dispose };
}

/** Checks names, types and sizes, and copies the data: the caller may change its arrays as soon as `run` returns. */
function readInputs(
  graph: Graph,
  given: Readonly<Record<string, Tensor | DeviceTensor>>,
  where: string,
  pool: ArrayPool,
): Record<string, Tensor> {
  refuseOtherThanRecord(given, `${where}: run`, 'an object of tensors by name');
  const wanted = nodesOf(graph, 'input').map(({ name }) => name);
  const missing = wanted.filter((name) => !Object.hasOwn(given, name));
  const surplus = Object.keys(given).filter((name) => !wanted.includes(name));
  if (missing.length > 0 || surplus.length > 0) {
    throw new GraphError({
      where: `${where}: run`,
      got: `inputs ${Object.keys(given).join(', ') || 'none'}`,
      want: wanted.join(', ') || 'none',
    });
  }
  const inputs = wanted.map((name): [string, Tensor] => {
    const value = given[name];
    refuseOtherThanTensor(value, `${where}: run: input '${name}'`);
    if (!('data' in value)) {
      throw new UnsupportedError({
        where: `${where}: run`,
        got: `a device tensor for '${name}'`,
        want: 'a host tensor',
      });
    }
    checkTensor(value, `input '${name}'`);
    if (value.dtype !== 'float32') {
      throw new ShapeError({ where: `input '${name}'`, got: value.dtype, want: 'float32' });
    }
    return [name, { shape: [...value.shape], dtype: 'float32', data: pool.copy(name, value.data) }];
  });
  return Object.fromEntries(inputs);
}

/**
 * `inferConcreteShapes` with the last result kept, as most calls have the sizes of the one before: inferring takes as
 * long as some layers.
 */
function rememberShapes(graph: Graph): (inputs: Readonly<Record<string, Tensor>>) => ReadonlyMap<string, Shape> {
  let last: { readonly given: string; readonly shapes: ReadonlyMap<string, Shape> } | undefined;
  return (inputs) => {
    const sizes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
    const given = JSON.stringify(sizes);
    if (last?.given !== given) last = { given, shapes: inferConcreteShapes(graph, sizes) };
    return last.shapes;
  };
}

async function executeOrExplain(
  { where, library, execute }: ExecutableParts,
  inputs: Readonly<Record<string, Tensor>>,
  signal: AbortSignal | undefined,
): Promise<Record<string, Tensor>> {
  try {
    return await execute(inputs, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw DeviceError.wrap(error, `${where}: run`, library);
  }
}

/** A result whose shape is not the graph's is wrong, whatever its numbers. */
function checkOutputs(
  graph: Graph,
  outputs: Readonly<Record<string, Tensor>>,
  shapes: ReadonlyMap<string, Shape>,
  where: string,
): void {
  for (const name of graph.outputs) {
    const got = ownValue(outputs, name);
    const want = shapes.get(name) ?? [];
    const count = countElements(want);
    if (got !== undefined && sameShape(got.shape, want) && got.data.length === count) continue;
    throw new DeviceError({
      where: `${where}: output '${name}'`,
      got: got === undefined ? 'nothing' : `${formatShape(got.shape)} with ${got.data.length} elements`,
      want: `${formatShape(want)} with ${count}`,
      hint: 'the backend lowered this graph wrongly; please report it',
    });
  }
}
