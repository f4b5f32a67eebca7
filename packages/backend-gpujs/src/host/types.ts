import type { GpuInstance } from '../library/gpu.js';

/** gpu.js on an OpenGL context. */
export interface GlSource {
  readonly mode: 'webgl2' | 'headlessgl';
  readonly gpu: GpuInstance;
  /** The renderer's name. */
  readonly adapter: string;
  readonly driver: string;
  /** What is wrong with the context, if anything; the library itself never checks. */
  findFault(): string | undefined;
  /** Calls the function once, when the context is lost. */
  onLoss(lost: (reason: string) => void): void;
}
