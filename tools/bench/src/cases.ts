import { quickDevices } from './backends.js';
import { comparisonsOf, type PeerComparison } from './comparisons.js';

/** One comparison: Strata on a device of a backend against a peer on the same processor, at one size. */
export interface BenchCase extends PeerComparison {
  /** What `--only` takes: the first backend's devices by their own names, others' after their backend's. */
  readonly row: string;
  readonly backend: string;
  readonly device: string;
  /** Whether the library under both sides takes a number of threads. The others use one. */
  readonly threaded: boolean;
}

const [first] = quickDevices;
const yardstick = first === undefined ? '' : `${first.declaration.name}/${first.device}`;

export const cases: readonly BenchCase[] = quickDevices.flatMap(({ declaration: { name, library }, device, threads }) =>
  comparisonsOf(library, device, yardstick).map((comparison) => ({
    ...comparison,
    row: name === first?.declaration.name ? device : `${name}-${device}`,
    backend: name,
    device,
    threaded: threads !== undefined,
  })),
);

/** What `--only` takes, beside `start-up`. */
export const rowNames: readonly string[] = [...new Set(cases.map(({ row }) => row))];
