// WebGL's relu multiplies by 0 or 1, and minus infinity times 0 is not a number. In a page.
import { join } from 'node:path';
import { conclude } from './support/conclude.mjs';
import { inChromium } from './support/in-chromium.mjs';

const results = await inChromium(join(import.meta.dirname, 'support/relu-in-page.mjs'));
for (const [name, values] of Object.entries(results)) console.log(`${name}: ${values.join(', ')}`);
conclude(results.cpu[0] === 0 && Number.isNaN(results.webgl[0]));
