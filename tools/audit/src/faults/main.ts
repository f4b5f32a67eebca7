#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { messageOf } from '@strata/core';
import { freshSeed } from '@strata/trials';
import type { FaultOutcome, FaultResult } from './fault.js';
import { check, judgeFault } from './judge-fault.js';
import { loadFaults } from './load.js';
import { openScratch, type Scratch } from './scratch.js';

/**
 * `npm run conformance:faults -- [--seed S] [--jobs N] [NAME …]`: plants each fault (or those whose names contain a
 * NAME) in a copy of the sources and prints what catches it, in N copies at a time. Exit code 1 when one survives, or
 * when the sources without a fault fail.
 */
const { values, positionals } = parseArgs({
  options: { seed: { type: 'string' }, jobs: { type: 'string' } },
  allowPositionals: true,
});
const seed = values.seed === undefined ? freshSeed() : Number(values.seed);
const jobs = values.jobs === undefined ? availableParallelism() : Number(values.jobs);
const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const faults = (await loadFaults()).filter(
  ({ fault: { name } }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
const print = (text: string) => process.stdout.write(`${text}\n`);
const row = (cells: readonly string[]) => print(`| ${cells.join(' | ')} |`);

const start = performance.now();
const scratches = await Promise.all(Array.from({ length: jobs }, () => openScratch(repository)));
const results: FaultResult[] = [];
/** Devices and test files that fail without a fault: what they say of one is worth nothing. */
const unsound = new Set<string>();
try {
  // A suite that fails on the unchanged sources would catch every fault.
  await share(controls(), async (scratch, { name, devices, ops, tests }) => {
    const outcome = await check(scratch, { ops, devices, tests }, seed).catch((error: unknown) => ({
      kind: 'not judged' as const,
      reason: messageOf(error),
    }));
    if (outcome.kind !== 'survived') unsound.add(name);
    print(
      `without a fault, ${name}, ${ops.length + tests.length} subjects: ${outcome.kind === 'survived' ? 'passes' : tell(outcome)}`,
    );
  });
  print('');
  row(['fault', 'what', 'caught by', 'device', 'trial', 'seconds']);
  row(['---', '---', '---', '---', '---:', '---:']);
  await share(faults, async (scratch, { fault, patchFile }) => {
    const result = await judgeFault(scratch, fault, patchFile, seed, unsound);
    results.push(result);
    const { outcome } = result;
    const found =
      outcome.kind === 'caught' ? [outcome.by, outcome.device, String(outcome.trial)] : [tell(outcome), '', ''];
    row([result.name, result.title, ...found, result.seconds.toFixed(1)]);
  });
} finally {
  await Promise.all(scratches.map((scratch) => scratch.remove()));
}
const caught = results.filter(({ outcome }) => outcome.kind === 'caught').length;
const minutes = (performance.now() - start) / 60_000;
print(`\n${caught} of ${results.length} faults caught in ${minutes.toFixed(1)} minutes, seed ${seed}`);
process.exitCode = unsound.size === 0 && results.length > 0 && caught === results.length ? 0 : 1;

/** Works through the items in order, each in the first copy that is free. */
async function share<T>(items: readonly T[], work: (scratch: Scratch, item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  await Promise.all(
    scratches.map(async (scratch) => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(scratch, item);
    }),
  );
}

/** Each device that a fault names, with all the ops that faults look for on it; and each test file. */
function controls() {
  const files = [...new Set(faults.flatMap(({ fault }) => fault.tests))];
  return [...controlsOfDevices(), ...files.map((file) => ({ name: file, devices: [], ops: [], tests: [file] }))];
}

function controlsOfDevices() {
  const named = [...new Set(faults.flatMap(({ fault }) => fault.devices))];
  return named.map((name) => ({
    name,
    devices: [name],
    tests: [],
    ops: [...new Set(faults.flatMap(({ fault }) => (fault.devices.includes(name) ? fault.ops : [])))],
  }));
}

function tell(outcome: FaultOutcome): string {
  if (outcome.kind === 'caught') return `FAILS at ${outcome.by}, trial ${outcome.trial}`;
  return outcome.kind === 'survived' ? '**SURVIVED**' : `**NOT JUDGED**: ${outcome.reason.replaceAll('\n', ' ')}`;
}
