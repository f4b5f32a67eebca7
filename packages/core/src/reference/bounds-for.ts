import type { DeviceReport } from '../backend/types.js';
import type { InterpretOptions } from './interpret.js';

/**
 * The bounds that hold for what a backend reports about itself. `structured` is for data that is constant, sorted,
 * repeated or of a wide range, whose roundings add up.
 */
export function boundsFor(
  { report }: { readonly report: Pick<DeviceReport, 'precision' | 'convolution'> },
  structured: boolean,
): Omit<InterpretOptions, 'outputs' | 'observed'> {
  return { profile: report.precision, convolution: report.convolution, structured };
}
