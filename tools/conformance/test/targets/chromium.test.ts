import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageChecker, type PageTarget, pageTargets } from '../../src/browser/chromium.js';
import { knownGaps } from '../../src/gaps.js';
import { goldenLimit } from '../../src/golden/check-golden.js';
import type { Golden } from '../../src/golden/golden.js';
import { nameTarget, probeTargets } from '../../src/targets.js';
import { describeChecker } from '../../src/vitest.js';
import { printAbsent } from './present.js';
import { smallGolden } from './small-golden.js';

const { targets, close } = pageTargets();
afterAll(close);

const { present, absent } = await probeTargets(targets);
printAbsent(absent);

/** Nothing is as slow as a GPU in software, least of all to compile shaders; wasm and js are what Node's are, in another engine's build. */
for (const target of present) {
  const name = nameTarget(target);
  describeChecker(name, () => target.open(), {
    runs: target.pace === 'quick' ? 20 : target.device === 'webgl' ? 4 : 8,
    gaps: knownGaps.filter(({ on }) => on === name).map(({ what }) => what),
  });
}

describe('the seed network in Chromium', () => {
  let golden: Golden;
  beforeAll(async () => {
    golden = await smallGolden();
  });

  it.each(present.map((target): [string, PageTarget] => [nameTarget(target), target]))(
    '%s gives the golden values at every stage',
    async (_, target) => {
      const checker: PageChecker = await target.open();
      try {
        const stages = await checker.golden(golden);
        expect(stages.map(({ name }) => name)).toEqual(golden.blocks.map(({ name }) => name));
        for (const { name, worst, worstAt } of stages) expect(worst, `${name}, ${worstAt}`).toBeLessThan(goldenLimit);
      } finally {
        await checker.dispose();
      }
    },
  );
});

/** Shorter than `npm run memory`. What is counted must be seen to be held, or nothing could be left behind. */
describe('compile, run and dispose in Chromium', () => {
  it.each(present.map((target): [string, PageTarget] => [nameTarget(target), target]))(
    '%s leaves nothing behind',
    async (_, target) => {
      const checker = await target.open();
      try {
        const first = await checker.cycles(1);
        for (const name of target.countable) {
          expect(first.held[name], name).toBeGreaterThan(first.before[name]);
        }
        const { before, after } = await checker.cycles(5);
        expect(after).toEqual(before);
        // ONNX Runtime keeps a network's buffers for the next one; they go with the backend.
        if (nameTarget(target) !== 'onnx/webgpu in chromium') expect(before).toEqual(first.before);
      } finally {
        await checker.dispose();
      }
    },
  );
});
