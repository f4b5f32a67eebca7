import type { OpReference } from './op-reference.js';

/** The same elements under other axes. Exact; values (NaN too) and tolerances pass. */
export const reshape: OpReference<'reshape'> = ([{ value, tolerance }], _, { shape }) => ({ shape, value, tolerance });
