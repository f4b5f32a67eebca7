import './runtime-types.js';
import type { Graph } from '../graph/graph.js';
import type { Shape } from '../tensor/shape.js';
import type { DType, Tensor } from '../tensor/tensor.js';
import type { Weights } from '../weights/weights.js';

/** What computes: a kind of GPU or CPU access, not one card. */
export type Device = 'cuda' | 'native' | 'webgpu' | 'webnn' | 'webgl' | 'wasm' | 'js' | (string & {});

/** The arithmetic that a caller allows: `float32` means float32 throughout. */
export type Precision = 'float32' | 'tf32' | 'half';

/** A device that was not chosen, and why. */
export interface PassedOver {
  readonly device: Device;
  readonly reason: string;
  /**
   * What would bring it, where the machine may well have the device and only a part is missing: a package, a file, a
   * header.
   */
  readonly missing?: string;
}

/** What really runs. Plain data. */
export interface DeviceReport {
  readonly backend: string;
  readonly device: Device;
  /** The library that computes, with its version. */
  readonly library: { readonly name: string; readonly version: string };
  /** The card or processor, where the library names it. */
  readonly adapter?: string;
  readonly driver?: string;
  /** Threads that compute; absent where the library does not decide that (a GPU). */
  readonly threads?: number;
  /** What would bring more threads, where only a part of the page is missing: headers, a policy. */
  readonly threadsMissing?: string;
  /** Whether a GPU API is run by software on the CPU. */
  readonly software: boolean;
  readonly precision: Precision;
  /** How convolutions are computed; decides the error bound. */
  readonly convolution: 'direct' | 'winograd' | 'fft' | 'unknown';
  /** Devices that `auto` tried first and could not use. */
  readonly passedOver: readonly PassedOver[];
  /** Devices that `auto` did not get to. */
  readonly notTried: readonly Device[];
}

/** What a backend is asked for. */
export interface BackendOptions {
  /**
   * A device by name, or `'auto'` (the default): the first that works of cuda, webgpu, native, webnn, webgl, wasm, js.
   */
  readonly device?: Device | 'auto';
  /** CPU threads; by default the library's choice, or all cores. */
  readonly threads?: number;
  /** Where the `.wasm` files are: a folder's URL with a trailing slash, or a URL for each file name. */
  readonly wasmPaths?: string | Readonly<Record<string, string>>;
  readonly powerPreference?: 'high-performance' | 'low-power';
  /** A WebGPU device to use instead of one of our own. */
  readonly gpuDevice?: unknown;
}

/** An op that this backend on this device cannot run. */
export interface Gap {
  /** Node name. */
  readonly node: string;
  readonly op: string;
  readonly reason: string;
}

/** Options of `Backend.compile`. */
export interface CompileOptions {
  /** Names of the values that `run` returns; the graph's own outputs by default. */
  readonly outputs?: readonly string[];
  /** For training, later. Anything but an empty list is an `UnsupportedError`. */
  readonly trainable?: readonly string[];
  readonly precision?: Precision;
  readonly signal?: AbortSignal;
  /** Called as steps of the compilation end. */
  onProgress?(done: number, total: number): void;
}

/** Options of `Executable.run`. */
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
  /** Its values, copied to the host. */
  read(): Promise<Tensor>;
  /** Frees it on the device. */
  dispose(): void;
}

/** A compiled network. Any input size that the graph can be inferred for; calls queue and do not mix. */
export interface Executable extends AsyncDisposable {
  /**
   * Inputs by name → outputs by name. Reads its inputs before it returns, so they may be reused at once; outputs are
   * fresh. Rejects with `ShapeError`, `DeviceError`, `DisposedError`, or the signal's reason.
   */
  run(inputs: Readonly<Record<string, Tensor>>, options?: HostRunOptions): Promise<Record<string, Tensor>>;
  /** The same with tensors that stay on the device. For training, later. */
  run(
    inputs: Readonly<Record<string, Tensor | DeviceTensor>>,
    options?: RunOptions,
  ): Promise<Record<string, Tensor | DeviceTensor>>;
  /** Lets the running call end, rejects queued ones, frees everything. A second call does nothing. */
  dispose(): Promise<void>;
}

/** A library on a device. A value: several can be open at once. */
export interface Backend extends AsyncDisposable {
  readonly name: string;
  readonly device: Device;
  readonly report: DeviceReport;
  /** Nodes that cannot run here, with reasons. Empty when all can. */
  findGaps(graph: Graph): Gap[];
  /**
   * Checks graph, gaps and weights, uploads the weights and warms up. Reads graph, weights and options before it returns
   * its promise: all may be changed as soon as it has.
   */
  compile(graph: Graph, weights: Weights, options?: CompileOptions): Promise<Executable>;
  /** Disposes every executable, then the device. */
  dispose(): Promise<void>;
}
