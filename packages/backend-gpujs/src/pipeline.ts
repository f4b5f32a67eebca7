import { countElements, DeviceError, isFloat32Array, isMap, messageOf, propertyOf, type Tensor } from '@strata/core';
import type { Value } from './kernels/types.js';
import type { GpuInstance, Kernel, Pipeline } from './library/gpu.js';
import type { KernelCall, Plan } from './plan.js';
import type { DeviceTraits } from './traits.js';

/** A plan that gpu.js has recorded: one call runs all of it on the device. */
export interface CompiledPlan {
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

export interface PipelineContext {
  readonly where: string;
  /** A gpu.js instance for one plan, and how to give it back. */
  acquire(): { readonly gpu: GpuInstance; release(): Promise<void> };
  readonly traits: DeviceTraits;
  readonly threads: boolean;
  /** Throws when the device has reported an error that the library did not pass on. */
  afterRun(): void;
  /** Makes the first call, in which gpu.js compiles. */
  firstCall<T>(call: () => Promise<T>): Promise<T>;
}

/** Hands the plan to gpu.js as one pipeline. Compilation happens in the first run. */
export function compilePlan(plan: Plan, context: PipelineContext): CompiledPlan {
  const { where, traits, threads } = context;
  const { gpu, release: releaseGpu } = context.acquire();
  const kernels = createKernels(plan.steps, gpu);
  const wanted = [
    ...new Set([...plan.outputs.values()].flatMap(({ from }) => (from.kind === 'step' ? [from.step] : []))),
  ];
  const record = (...handles: unknown[]) => {
    const results: unknown[] = [];
    const handleOf = ({ from }: Value) => {
      if (from.kind === 'step') return results[from.step];
      return handles[from.kind === 'input' ? plan.inputs.indexOf(from.name) : -1];
    };
    for (const [index, { reads }] of plan.steps.entries()) results.push(kernels[index](...reads.map(handleOf)));
    return wanted.map((step) => results[step]);
  };
  // gpu.js makes one handle for each parameter of the function, and does not count rest parameters.
  Object.defineProperty(record, 'length', { value: plan.inputs.length });
  const pipeline = wanted.length === 0 ? undefined : gpu.createPipeline(record, { threads });
  let called = false;

  async function compute(inputs: Readonly<Record<string, Tensor>>): Promise<readonly unknown[]> {
    if (pipeline === undefined) return [];
    const call = () => pipeline(...plan.inputs.map((name) => new Float32Array(inputs[name].data)));
    const results = await explain(where, () => (called ? call() : context.firstCall(call)));
    called = true;
    context.afterRun();
    refuseDegraded(pipeline, traits, where);
    return Array.isArray(results) ? results : [];
  }

  async function run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const results = await compute(inputs);
    const dataOf = ({ from, shape }: Value): Float32Array => {
      if (from.kind === 'input') return new Float32Array(inputs[from.name].data);
      if (from.kind === 'constant') return from.data.slice();
      return flattenResult(results[wanted.indexOf(from.step)], countElements(shape), where);
    };
    return Object.fromEntries(
      [...plan.outputs].map(([name, value]): [string, Tensor] => [
        name,
        { shape: [...value.shape], dtype: 'float32', data: dataOf(value) },
      ]),
    );
  }

  async function release(): Promise<void> {
    await pipeline?.destroy();
    for (const kernel of new Set(kernels)) kernel.destroy();
    await releaseGpu();
  }

  return { run, release };
}

/** The first sign of a lost device is a failure of whatever call was waiting for it, such as an aborted mapping. */
async function explain<T>(where: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const hint = 'if the device was lost, run again';
    throw new DeviceError({ where, got: `gpu.js failed: ${messageOf(error)}`, hint, cause: error });
  }
}

/**
 * One kernel for each distinct source, size, sizes of what it reads, and set of constants. On WebGL a kernel takes
 * every texture to be as wide as the first one that it read, so what it reads is part of the key.
 */
function createKernels(steps: readonly KernelCall[], gpu: GpuInstance): Kernel[] {
  const shared = new Map<string, Kernel>();
  const sizeOf = ({ from, shape }: Value) => (from.kind === 'step' ? steps[from.step].output : shape).join('×');
  return steps.map(({ source, output, constants, reads, rounds }) => {
    const create = () =>
      gpu.createKernel(source, { output, constants, loopMaxIterations: rounds + 1, precision: 'single' });
    if (Object.keys(constants).length > 0) return create();
    const key = `${output.join('×')} (${reads.map(sizeOf).join(', ')}) ${source}`;
    const kernel = shared.get(key) ?? create();
    shared.set(key, kernel);
    return kernel;
  });
}

/** Throws `DeviceError` unless every kernel ran where it was asked to: gpu.js degrades without an error. */
function refuseDegraded(pipeline: Pipeline, { mode, backend, executors }: DeviceTraits, where: string): void {
  const modes = new Set([pipeline.backend, ...kernelsOf(pipeline).map(modeOf)]);
  const reasons = kernelsOf(pipeline).flatMap((kernel) => {
    const reason = propertyOf(kernel, 'fallbackReason');
    return typeof reason === 'string' ? [reason] : [];
  });
  // On the modes without a fused executor gpu.js gives this reason for the normal one, and no other.
  const normal = `pipeline backend is ${backend}; the fused executor requires webasm`;
  if (pipeline.fallbackReason !== null && pipeline.fallbackReason !== normal) reasons.push(pipeline.fallbackReason);
  const asked = modes.size === 1 && modes.has(backend) && executors.includes(pipeline.executorKind);
  if (asked && reasons.length === 0) return;
  throw new DeviceError({
    where,
    got: `gpu.js ran the plan on ${[...modes].join(', ')} with its ${pipeline.executorKind} executor${reasons.map((reason) => ` (${reason})`).join('')}`,
    want: `mode ${mode} with the ${executors.join(' or ')} executor`,
    hint: 'choose another device, or report this graph',
  });
}

/** The kernels that the normal executor really calls; none on the fused ones, whose kind says it all. */
function kernelsOf({ plan, executorKind }: Pipeline): unknown[] {
  const clones = propertyOf(plan, 'genericClones');
  if (executorKind !== 'generic' || !isMap(clones)) return [];
  return [...clones.values()].map((clone: unknown) => propertyOf(clone, 'kernel'));
}

function modeOf(kernel: unknown): string {
  return String(propertyOf(propertyOf(kernel, 'constructor'), 'mode'));
}

/** gpu.js gives an array of arrays for a kernel with more than one axis; the numbers are in our order either way. */
function flattenResult(result: unknown, count: number, where: string): Float32Array {
  const flat = new Float32Array(count);
  const filled = copyInto(flat, 0, result);
  if (filled === count) return flat;
  throw new DeviceError({ where, got: `${filled} elements from gpu.js`, want: String(count) });
}

/** Copies nested arrays in order; the place after the last. A negative place where something is no array of numbers. */
function copyInto(flat: Float32Array, start: number, part: unknown): number {
  if (isFloat32Array(part)) {
    if (start + part.length <= flat.length) flat.set(part, start);
    return start + part.length;
  }
  if (!Array.isArray(part)) return Number.NaN;
  return part.reduce<number>((place, inner: unknown) => copyInto(flat, place, inner), start);
}
