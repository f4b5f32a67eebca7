/** The part of gpu.js that Strata uses, typed without the library's `any`. */
export interface GpuInstance {
  createKernel(source: string, settings: KernelSettings): Kernel;
  /** Runs `orchestrate` once, with one handle for each of its parameters, and records the kernels it calls. */
  createPipeline(orchestrate: Orchestration, settings: PipelineSettings): Pipeline;
  destroy(): Promise<void>;
}

export interface KernelSettings {
  /** Threads along x, y and z; the result is stored with x innermost. */
  readonly output: readonly number[];
  readonly constants: Readonly<Record<string, Float32Array>>;
  readonly loopMaxIterations: number;
  readonly precision: 'single';
}

/** Inside a pipeline's orchestration it takes and gives opaque handles. */
export interface Kernel {
  (...inputs: unknown[]): unknown;
  destroy(): void;
}

export type Orchestration = (...inputs: unknown[]) => readonly unknown[];

export interface PipelineSettings {
  /** False keeps wasm on the calling thread; other modes have no threads. */
  readonly threads: boolean;
}

export interface Pipeline {
  (...inputs: Float32Array[]): Promise<unknown>;
  /** The mode that really computes; null before the first call. */
  readonly backend: string | null;
  readonly executorKind: string;
  readonly fallbackReason: string | null;
  /** What the library compiled; its contents are internal. */
  readonly plan: object | null;
  destroy(): Promise<void>;
}

/** gpu.js' names for how kernels run. */
export type Mode = 'cpu' | 'webasm' | 'webgpu' | 'webgl2' | 'headlessgl';

export type GpuConstructor = new (settings: {
  mode: Mode;
  canvas?: HTMLCanvasElement | OffscreenCanvas;
  context?: WebGL2RenderingContext;
}) => GpuInstance;
