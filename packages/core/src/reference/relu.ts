import type { Bounds } from './bounds.js';
import { type Judged, openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/**
 * y = max(x, 0). Exact; |max(a,0) − max(b,0)| ≤ |a − b|, so the input's tolerance E is the output's.
 *
 * Where errors are carried through a whole network (`'independent'`), they end where values do: y lies between
 * max(x − E, 0) and max(x + E, 0), so where x < 0 it is off by at most max(x + E, 0), which is nothing once all of x ±
 * E is cut off. Else half of what each layer passes on would be errors of zeros: the tolerance of three GoogLeNets'
 * `fc` was 2.5·10⁻³ to 4.9·10⁻³ of its largest value without this, and is 1.1·10⁻⁴ to 1.8·10⁻⁴ (`docs/networks.mjs`).
 */
export const relu: OpReference<'relu'> = ([x], _, { bounds }) => rectify(x, bounds);

/** max(x, 0) for each element; what a NaN gives is left open. */
export function rectify({ shape, value, tolerance }: Judged, { propagation }: Bounds): Judged {
  const cut = (error: number, i: number) => (value[i] < 0 ? Math.max(value[i] + error, 0) : error);
  const y = {
    shape,
    value: value.map((x) => Math.max(x, 0)),
    tolerance: propagation === 'worst' ? Float64Array.from(tolerance) : tolerance.map(cut),
  };
  openUnspecified(y);
  return y;
}
