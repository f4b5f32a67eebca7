import { convLaws } from './conv.js';
import type { Law } from './law.js';
import { poolLaws } from './pool.js';
import { restLaws } from './rest.js';

export { checkLaw } from './check-law.js';
export type { Law, LawCase, Side } from './law.js';

/** All equations that a right backend keeps. They need no oracle for values, only for how far rounding may carry. */
export const laws: readonly Law[] = [...convLaws, ...poolLaws, ...restLaws];
