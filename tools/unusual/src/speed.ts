import { nameTarget, probeTargets, targets } from '@strata/conformance/targets';
import { type Backend, type Tensor, tensor } from '@strata/core';
import { loadGoogLeNet, readCheckpoint } from '@strata/googlenet';
import { quantile } from './robust.js';

/** Rounds on a device: as many as fit into some seconds. */
const [leastRounds, mostRounds, patienceMs] = [5, 100, 15_000];

export interface Speed {
  /** Median milliseconds of `classify` with statistics. */
  readonly withMs: number;
  /** The same network without. */
  readonly withoutMs: number;
}

/** Times `classify` of one ready picture with the shipped weights, with and without their statistics, in turns. */
async function measureOn(backend: Backend): Promise<Speed> {
  const { weights } = await readCheckpoint(undefined, 'seed');
  const shipped = await loadGoogLeNet({ backend });
  const plain = await loadGoogLeNet({ backend, weights, input: shipped.inputShape, labels: shipped.labels });
  const picture: Tensor = tensor([1, 96, 96], new Float32Array(96 * 96).fill(0.25));
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] };
  const start = performance.now();
  for (let round = -2; round < mostRounds && (round < leastRounds || performance.now() < start + patienceMs); round++) {
    const order = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
    for (const which of order) {
      const begun = performance.now();
      await (which === 'with' ? shipped : plain).classify(picture, { top: 1 });
      if (round >= 0) times[which].push(performance.now() - begun);
    }
  }
  await shipped.dispose();
  await plain.dispose();
  return { withMs: quantile(times.with, 0.5), withoutMs: quantile(times.without, 0.5) };
}

/** The same on every quick device that this machine has. */
export async function measureSpeeds(): Promise<Map<string, Speed>> {
  const { present } = await probeTargets(targets.filter(({ pace }) => pace === 'quick'));
  const speeds = new Map<string, Speed>();
  for (const target of present) {
    const backend = await target.open();
    speeds.set(nameTarget(target), await measureOn(backend));
    await backend.dispose();
  }
  return speeds;
}
