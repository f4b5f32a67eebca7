import { knownGaps } from '../../src/gaps.js';
import { nameTarget, type Target } from '../../src/targets.js';
import { describeBackend } from '../../src/vitest.js';

/** The suite on a target of Node, with the gaps that are known of it. */
export function describeTarget(target: Target, runs: number): void {
  const name = nameTarget(target);
  describeBackend(name, () => target.open(), {
    runs,
    watchLoss: target.watchLoss,
    gaps: knownGaps.filter(({ on }) => on === name).map(({ what }) => what),
  });
}
