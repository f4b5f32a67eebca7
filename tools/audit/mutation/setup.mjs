import fc from 'fast-check';
import { SEED } from './seed.mjs';

// A smaller failure would notice no more.
fc.configureGlobal({ seed: SEED, endOnFailure: true });
