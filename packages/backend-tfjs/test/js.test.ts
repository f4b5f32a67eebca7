import { createBackend } from '../src/devices/js.js';
import { testContract } from './support/contract.js';
import { testOps } from './support/op-properties.js';

testOps('js', () => createBackend(), 60);
testContract('js', () => createBackend(), { batch: 1, depth: 60 });
