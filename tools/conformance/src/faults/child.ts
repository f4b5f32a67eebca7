import { DeviceError, messageOf } from '@strata/core';
import { readArray, readNumber, readRecord, readText } from '../json.js';
import { nameTarget } from '../targets.js';
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
const { ops, targets } = parseFault('child', header);

const absent: string[] = [];
let caught: (Catch & { readonly device: string }) | undefined;
for (const target of targets) {
  if (caught !== undefined) break;
  try {
    const backend = await target.open();
    const found = await findCatch(backend, ops, readNumber(request.seed, 'seed'));
    if (found !== undefined) caught = { ...found, device: nameTarget(target) };
    await backend.dispose();
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    absent.push(`${nameTarget(target)}: ${messageOf(error)}`);
  }
}
process.stdout.write(`${JSON.stringify({ caught, absent })}\n`);
