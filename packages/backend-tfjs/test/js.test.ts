import { createBackend } from '../src/doors/js.js';
import { testContract } from './support/contract.js';
import { testTrials } from './support/test-trials.js';

testTrials('js', () => createBackend(), 15);
testContract('js', () => createBackend(), { batch: 1, depth: 60 });
