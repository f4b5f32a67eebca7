#!/usr/bin/env node
// Runs the core of the suite on several versions of Node: see README.md beside this file.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { coreOfTheSuite } from './core-of-the-suite.mjs';
import { fetchNode } from './fetch-node.mjs';
import { writeReport } from './report.mjs';

const root = resolve(import.meta.dirname, '../../..');
const softwareDriver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const usage = `usage: npm run test:nodes -- [VERSION …] [--only PACKAGE]

  VERSION         versions of Node; 20, 22 and 24 by default. All of them: docs/reports/node-versions.md is written anew
  --only PACKAGE  one folder of the list, packages/core`;

const { values, positionals } = readArguments();
if (values.help) console.log(usage);
else process.exitCode = main(positionals.length > 0 ? positionals : ['20', '22', '24']);

function main(versions) {
  const chosen = coreOfTheSuite.filter(({ folder }) => values.only === undefined || folder === values.only);
  if (chosen.length === 0) {
    console.error(`error: --only '${values.only}', want ${coreOfTheSuite.map(({ folder }) => folder).join(', ')}`);
    return 2;
  }
  const results = versions.map((version) => testOn(fetchNode(version), chosen));
  if (positionals.length === 0 && values.only === undefined) writeReport(root, results);
  return results.every(({ rooms, globals }) => globals.ok && rooms.every(({ ok }) => ok)) ? 0 : 1;
}

function testOn(program, chosen) {
  const version = start(program, ['--version'], root).stdout.trim();
  console.log(`Node ${version}`);
  const rooms = chosen.map((room) => {
    const result = { folder: room.folder, ...runTests(program, room) };
    const { passed, failed, skipped, failures } = result;
    console.log(`  ${room.folder}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    for (const failure of failures) console.log(`    failed: ${failure}`);
    return result;
  });
  const globals = checkGlobals(program);
  console.log(`  globals: ${globals.ok ? `put back after ${globals.ran.join(', ')}` : globals.told}`);
  for (const reason of globals.absent) console.log(`    left out: ${reason}`);
  return { version, rooms, globals };
}

/** One package's tests, in processes that find this Node under `node`, too. */
function runTests(program, { folder, files }) {
  const scratch = mkdtempSync(join(tmpdir(), 'strata-nodes-'));
  try {
    const report = join(scratch, 'results.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const names = files.map((file) => join('test', file));
    const words = [
      'run',
      '--testTimeout=120000',
      '--hookTimeout=120000',
      '--reporter=json',
      `--outputFile=${report}`,
      ...names,
    ];
    const { status, signal, stderr } = start(program, [vitest, ...words], join(root, folder));
    const read = readResults(report);
    if (read === undefined)
      return { ok: false, passed: 0, failed: 0, skipped: 0, failures: [signal ?? lastLine(stderr)] };
    return { ok: status === 0 && read.passed > 0, ...read };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function readResults(path) {
  let results;
  try {
    results = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests, testResults } = results;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failures = [
    ...broken.map(({ name, message }) => `${name.split('/').at(-1)}: ${message.split('\n')[0]}`),
    ...testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages: [message = ''] }) => `${fullName}: ${message.split('\n')[0]}`),
    ),
  ];
  return { passed, failed: failed + broken.length, skipped: numPendingTests + numTodoTests, failures };
}

function checkGlobals(program) {
  const { status, stdout, stderr } = start(program, [join(import.meta.dirname, 'globals.mjs')], root);
  if (status !== 0) return { ok: false, ran: [], absent: [], told: lastLine(stderr) };
  const { ran, absent, changed } = JSON.parse(stdout);
  return { ok: changed.length === 0 && ran.length > 0, ran, absent, told: changed.join('; ') };
}

/** `program` under a PATH where it is `node`; where no Vulkan driver is named, with the one in software that Chromium brings. */
function start(program, args, cwd) {
  const path = [dirname(program), process.env.PATH].join(delimiter);
  const { VK_ICD_FILENAMES = existsSync(softwareDriver) ? softwareDriver : undefined } = process.env;
  return spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, VK_ICD_FILENAMES, PATH: path },
    maxBuffer: 2 ** 28,
  });
}

function lastLine(text) {
  return (
    text
      .trim()
      .split('\n')
      .findLast((line) => /Error\b/.test(line)) ?? 'no message'
  );
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    console.error(`error: ${error.message}\n\n${usage}`);
    process.exit(2);
  }
}
