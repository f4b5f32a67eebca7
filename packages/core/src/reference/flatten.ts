import type { OpReference } from './op-reference.js';

/** The same elements under two axes. Exact; values (NaN too) and tolerances pass. */
export const flatten: OpReference<'flatten'> = ([{ value, tolerance }], _, { shape }) => ({ shape, value, tolerance });
