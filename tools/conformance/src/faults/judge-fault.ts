import { messageOf } from '@strata/core';
import { readArray, readNumber, readRecord, readText } from '../json.js';
import { nameTarget } from '../targets.js';
import type { Fault } from './fault.js';
import type { Scratch } from './scratch.js';

/** How the suite did against one fault. Plain data. */
export interface FaultResult {
  readonly name: string;
  readonly title: string;
  /** What caught it, with the device and the first failing trial; why it was not judged; or that it survived. */
  readonly outcome:
    | { readonly kind: 'caught'; readonly by: string; readonly device: string; readonly trial: number }
    | { readonly kind: 'survived' }
    | { readonly kind: 'not judged'; readonly reason: string };
  readonly seconds: number;
}

const child = 'tools/conformance/dist/faults/child.js';

/** Plants the fault in the scratch copy, runs the checks up to the first failure, and takes it out again. */
export async function judgeFault(
  scratch: Scratch,
  fault: Fault,
  patchFile: string,
  seed: number,
): Promise<FaultResult> {
  const start = performance.now();
  const { name, title } = fault;
  const took = () => (performance.now() - start) / 1000;
  try {
    await scratch.plant(fault, patchFile);
    return { name, title, outcome: await check(scratch, fault, seed), seconds: took() };
  } catch (error) {
    return { name, title, outcome: { kind: 'not judged', reason: messageOf(error) }, seconds: took() };
  } finally {
    await scratch.restore(fault);
  }
}

/** The checks of these ops and devices on the copy as it is. A device that this machine lacks leaves a fault unjudged. */
export async function check(
  scratch: Scratch,
  { ops, targets }: Pick<Fault, 'ops' | 'targets'>,
  seed: number,
): Promise<FaultResult['outcome']> {
  const printed = await scratch.run(child, JSON.stringify({ ops, devices: targets.map(nameTarget), seed }));
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
