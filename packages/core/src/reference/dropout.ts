import type { OpReference } from './op-reference.js';

/** Identity at inference. Exact; values (NaN too) and tolerances pass. */
export const dropout: OpReference<'dropout'> = ([x]) => x;
