import type { Graph } from '../graph/graph.js';
import type { Shape } from '../tensor/shape.js';
import type { DType, Tensor } from '../tensor/tensor.js';
import type { Weights } from '../weights/weights.js';

/** What computes: a kind of GPU or CPU access, not one card. */
export type Device = 'cuda' | 'native' | 'webgpu' | 'webnn' | 'webgl' | 'wasm' | 'js' | (string & {});

export type Precision = 'float32' | 'tf32' | 'half';

/** A device that was not chosen, and why. */
export interface PassedOver {
  readonly device: Device;
  readonly reason: string;
}

/** What really runs. Plain data. */
export interface DeviceReport {
  readonly backend: string;
  readonly device: Device;
  /** The library that computes, with its version. */
  readonly library: { readonly name: string; readonly version: string };
  /** The card or processor, where the library tells. */
  readonly adapter?: string;
  readonly driver?: string;
  /** Threads that compute; absent where that is not the library's to say (a GPU). */
  readonly threads?: number;
  /** Whether a GPU API is run by software on the CPU. */
  readonly software: boolean;
  readonly precision: Precision;
  /** How convolutions are computed; decides the error bound. */
  readonly convolution: 'direct' | 'winograd' | 'fft' | 'unknown';
  /** Devices that `auto` tried first and could not use. */
  readonly passedOver: readonly PassedOver[];
  /** Devices that `auto` did not come to. */
  readonly notTried: readonly Device[];
}

/** What a backend is asked for. */
export interface BackendOptions {
  /** A device by name, or `'auto'` (the default): the first that works of cuda, webgpu, native, webnn, webgl, wasm, js. */
  readonly device?: Device | 'auto';
  /** CPU threads; by default the library's choice, or all cores. */
  readonly threads?: number;
  /** Where the `.wasm` files are: a folder's URL with a trailing slash, or a URL for each file name. */
  readonly wasmPaths?: string | Readonly<Record<string, string>>;
  readonly powerPreference?: 'high-performance' | 'low-power';
  /** A WebGPU device to use instead of one of our own. */
  readonly gpuDevice?: unknown;
}

/** An op that this backend on this device can not run. */
export interface Gap {
  /** Node name. */
  readonly node: string;
  readonly op: string;
  readonly reason: string;
}

export interface CompileOptions {
  /** Names of the values that `run` returns; the graph's own outputs by default. */
  readonly outputs?: readonly string[];
  /** For training, later. Anything but an empty list is an `UnsupportedError`. */
  readonly trainable?: readonly string[];
  readonly precision?: Precision;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

export interface RunOptions {
  /** For training, later. Anything but an empty list is an `UnsupportedError`. */
  readonly keepOnDevice?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Options of a run whose outputs all come back to the host. */
export interface HostRunOptions extends RunOptions {
  readonly keepOnDevice?: readonly [];
}

/** A tensor that stays on the device. For training, later. */
export interface DeviceTensor {
  readonly shape: Shape;
  readonly dtype: DType;
  read(): Promise<Tensor>;
  dispose(): void;
}

/** A compiled network. Any input size that the graph can be inferred for; calls queue and do not mix. */
export interface Executable extends AsyncDisposable {
  /**
   * Inputs by name → outputs by name. Reads its inputs before it returns, so they may be reused at once; outputs are
   * fresh. Rejects with `ShapeError`, `DeviceError`, `DisposedError`, or the signal's reason.
   */
  run(inputs: Readonly<Record<string, Tensor>>, options?: HostRunOptions): Promise<Record<string, Tensor>>;
  run(
    inputs: Readonly<Record<string, Tensor | DeviceTensor>>,
    options?: RunOptions,
  ): Promise<Record<string, Tensor | DeviceTensor>>;
  /** Lets the running call end, rejects queued ones, frees everything. A second call does nothing. */
  dispose(): Promise<void>;
}

/** A library on a device. A value: several live side by side. */
export interface Backend extends AsyncDisposable {
  readonly name: string;
  readonly device: Device;
  readonly report: DeviceReport;
  /** Nodes that can not run here, with reasons. Empty when all can. */
  findGaps(graph: Graph): Gap[];
  /** Checks graph, gaps and weights, uploads the weights and warms up. */
  compile(graph: Graph, weights: Weights, options?: CompileOptions): Promise<Executable>;
  /** Disposes every executable, then the device. */
  dispose(): Promise<void>;
}
