// WebGL's batch norm also divides in the unused lanes of its texels: by 0 where epsilon is 0. In a page.
import { join } from 'node:path';
import { conclude } from './support/conclude.mjs';
import { inChromium } from './support/in-chromium.mjs';

const results = await inChromium(join(import.meta.dirname, 'support/batch-norm-in-page.mjs'));
for (const [name, [before, after]] of Object.entries(results)) console.log(`${name}: ${before}, convolved ${after}`);
conclude(results['cpu, epsilon 0'][1] === 4 && Number.isNaN(results['webgl, epsilon 0'][1]));
