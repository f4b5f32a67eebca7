import { readArray, readNumber, readRecord, readText } from '@strata/conformance';
import { messageOf } from '@strata/core';
import type { Fault, FaultOutcome, FaultResult } from './fault.js';
import { runTests } from './run-tests.js';
import type { Scratch } from './scratch.js';

const child = 'tools/audit/dist/faults/child.js';

/**
 * Plants the fault in the scratch copy, runs the checks up to the first failure, and takes it out again. Devices and
 * test files in `unsound` are left out, for they fail without a fault; one that has no others is not judged.
 */
export async function judgeFault(
  scratch: Scratch,
  fault: Fault,
  patchFile: string,
  seed: number,
  unsound: ReadonlySet<string> = new Set(),
): Promise<FaultResult> {
  const start = performance.now();
  const { name, title, ops } = fault;
  const took = () => (performance.now() - start) / 1000;
  const devices = fault.devices.filter((device) => !unsound.has(device));
  const tests = fault.tests.filter((file) => !unsound.has(file));
  if (devices.length + tests.length === 0) {
    return { name, title, outcome: { kind: 'not judged', reason: 'its controls failed' }, seconds: 0 };
  }
  try {
    await scratch.plant(fault, patchFile);
    return { name, title, outcome: await check(scratch, { ops, devices, tests }, seed), seconds: took() };
  } catch (error) {
    return { name, title, outcome: { kind: 'not judged', reason: messageOf(error) }, seconds: took() };
  } finally {
    await scratch.restore(fault);
  }
}

/**
 * The tests, or the checks of these ops and devices, on the copy as it is. A device that this machine lacks leaves a
 * fault unjudged.
 */
export async function check(
  scratch: Scratch,
  { ops, devices, tests }: Pick<Fault, 'ops' | 'devices' | 'tests'>,
  seed: number,
): Promise<FaultOutcome> {
  if (tests.length > 0) return runTests(scratch, tests);
  const printed = await scratch.run(child, JSON.stringify({ ops, devices, seed }));
  const { caught, absent } = readRecord(JSON.parse(printed), 'child');
  if (caught !== undefined) {
    const { by, device, trial } = readRecord(caught, 'caught');
    return {
      kind: 'caught',
      by: readText(by, 'by'),
      device: readText(device, 'device'),
      trial: readNumber(trial, 'trial'),
    };
  }
  const missing = readArray(absent, 'absent').map((reason) => readText(reason, 'absent'));
  return missing.length > 0 ? { kind: 'not judged', reason: missing.join('; ') } : { kind: 'survived' };
}
