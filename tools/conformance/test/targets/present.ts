import { type Absent, nameTarget, probeTargets, type Runtime, type Target, targets } from '../../src/targets.js';

/** The targets of Node that this machine has: the fast, or those on GPUs in software and the reference. */
export async function presentTargets(speed: 'fast' | 'slow'): Promise<Target[]> {
  const { present, absent } = await probeTargets(
    targets.filter(({ pace }) => (pace === 'quick') === (speed === 'fast')),
  );
  printAbsent(absent);
  return present;
}

/** Targets that are left out are printed. */
export function printAbsent(
  absent: readonly Absent<{ readonly backend: string; readonly device: string; readonly runtime?: Runtime }>[],
): void {
  for (const { target, reason } of absent) process.stderr.write(`not tested: ${nameTarget(target)}: ${reason}\n`);
}
