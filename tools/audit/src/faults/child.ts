import { listCandidates, readArray, readNumber, readRecord, readText } from '@strata/conformance';
import { nameTarget } from '@strata/conformance/targets';
import { DeviceError, messageOf } from '@strata/core';
import { parseFault } from './fault.js';
import { type Catch, findCatch } from './find-catch.js';

/**
 * `node child.js '{ "ops": […], "devices": […], "seed": 1 }'` looks for the first failure on these devices and prints
 * it as JSON. It runs from a scratch copy of the sources, where a fault is planted.
 */
const request = readRecord(JSON.parse(process.argv[2] ?? 'null'), 'child');
const names = (key: string) => readArray(request[key], key).map((name) => readText(name, key));
// The same words as a patch's header has, read by the same rules.
const header = `# title: none\n# ops: ${names('ops').join(', ')}\n# devices: ${names('devices').join(', ')}\n+++ b/none`;
const { ops, devices } = parseFault('child', header);
const { candidates, close } = listCandidates();

const absent: string[] = [];
let caught: (Catch & { readonly device: string }) | undefined;
try {
  for (const device of devices) {
    const candidate = candidates.find((one) => nameTarget(one) === device);
    if (caught !== undefined || candidate === undefined) continue;
    try {
      const checker = await candidate.open();
      const found = await findCatch(checker, ops, readNumber(request.seed, 'seed'), candidate.pace);
      if (found !== undefined) caught = { ...found, device };
      await checker.dispose();
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      absent.push(`${device}: ${messageOf(error)}`);
    }
  }
} finally {
  await close();
}
process.stdout.write(`${JSON.stringify({ caught, absent })}\n`);
