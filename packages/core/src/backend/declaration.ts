import type { DeviceDriver } from './open-backend.js';
import type { Backend, BackendOptions, Device } from './types.js';

/**
 * What a backend says of itself, as `declaration` of its entry `./declaration`: plain data, so that whoever lists backends
 * loads no library. A command, a test suite or a page that has the package among its dependencies needs nothing else.
 */
export interface BackendDeclaration {
  /** The word for it on a command line. */
  readonly name: string;
  /** The package that exports `createBackend`. */
  readonly package: string;
  /** What its makers call the library that computes. */
  readonly library: string;
  /** Where it stands in lists, from 1; the first is what runs when none is named. Equal ranks stand by name. */
  readonly rank: number;
  /** Its devices, in the order in which `auto` tries them. */
  readonly devices: Readonly<Partial<Record<Device, DeviceDeclaration>>>;
}

/** One device of one library: where it can run, and what it is there. */
export interface DeviceDeclaration {
  readonly node?: DeviceTerms;
  readonly browser?: DeviceTerms;
}

/** A runtime that a device may be declared for. */
export type DeviceRuntime = keyof DeviceDeclaration;

/** What a device asks of whoever uses or tests it in one runtime. */
export interface DeviceTerms {
  /**
   * `quick`: whole networks and hundreds of trials fit in every test run. `slow`: few of them do, on a GPU API in software.
   * `rare`: nothing stands in for the hardware or the runtime that it needs, so tests ask for it by name.
   */
  readonly pace: 'quick' | 'slow' | 'rare';
  /** What it needs beyond the package itself: a library, a driver, a setting. */
  readonly needs?: string;
  /** How a user gets what it needs, in one line. */
  readonly hint?: string;
  /**
   * What sets the number of its CPU threads: the option `threads`, or variables of the environment that the library reads
   * when it loads. Absent where there is one thread, or a GPU.
   */
  readonly threads?: 'option' | readonly string[];
  /** What of its library a test can count in its own process, to see that nothing is left behind. */
  readonly countable?: readonly Countable[];
  /**
   * What of it a test can take away, as drivers and browsers do. Absent where it is never lost (a processor, OpenGL in
   * Node), and where only its library could reach it.
   */
  readonly losable?: Losable;
}

/** A device of WebGPU (`destroy()`), a context of WebGL (`WEBGL_lose_context`), one of WebNN (`destroy()`). */
export type Losable = 'gpu-device' | 'gl-context' | 'ml-context';

/** Tensors of TensorFlow.js' engine, buffers of WebGPU, textures of WebGL. */
export type Countable = 'tensors' | 'buffers' | 'textures';

/** Devices that a declaration has in a runtime. */
export type DeclaredDevice<D extends BackendDeclaration, R extends DeviceRuntime> = {
  [K in keyof D['devices']]: D['devices'][K] extends { readonly [P in R]: DeviceTerms } ? K : never;
}[keyof D['devices']];

/** What the package of a backend exports. */
export interface BackendModule {
  /** Opens the backend on the device that the options ask for. */
  createBackend(options?: BackendOptions): Promise<Backend>;
}

/** The table of drivers that a declaration asks for in a runtime: one that is missing or not declared does not compile. */
export type DeclaredTable<D extends BackendDeclaration, R extends DeviceRuntime> = {
  readonly [K in DeclaredDevice<D, R>]: DeviceDriver;
};
