// A kernel keeps the size of the first texture that it read, also for the next one. In a page.
import { join } from 'node:path';
import { conclude } from './support/conclude.mjs';
import { inChromium } from './support/in-chromium.mjs';

const results = await inChromium(join(import.meta.dirname, 'support/kernel-texture-in-page.mjs'));
for (const [name, [first, second]] of Object.entries(results)) {
  console.log(`${name}: ${first.join(', ')}; then ${second.join(', ')}`);
}
const right = (numbers) => numbers.every((number, place) => number === place);
conclude(results['a kernel for each'].every(right) && !results['one kernel for both'].every(right));
