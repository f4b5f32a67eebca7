import type { GridLimits } from './kernels/grid.js';
import type { KernelStyle } from './kernels/types.js';
import type { Mode } from './library/gpu.js';

/** What kernels must know about the device they are written for. */
export interface DeviceTraits {
  /** What is asked of gpu.js. */
  readonly mode: Mode;
  /** What a pipeline that really runs there reports. */
  readonly backend: string;
  /** Executors that count as running undegraded. */
  readonly executors: readonly string[];
  readonly style: KernelStyle;
  readonly grid: GridLimits;
  /** Whether kernels divide in float64. */
  readonly exactDivision: boolean;
}
