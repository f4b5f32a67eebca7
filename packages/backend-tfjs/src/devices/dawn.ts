import * as dawn from 'webgpu';

/**
 * WebGPU in Node. One instance as long as the process: Dawn aborts the process when it is collected before its devices.
 */
export const gpu = dawn.create([]);

/** The classes and constants that a browser has as globals. */
export const globals: Readonly<Record<string, unknown>> = { ...dawn.globals };
