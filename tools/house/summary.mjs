// Adds up the results that each package's test run left behind, and names every test that failed or was left out. With
// CI=true, where .ci/run has prepared the machine for all of them, a device or a file that was left out is an error.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { listDevices } from '@strata/core';
import { backends } from './backends.mjs';

/** The devices that .ci/run prepares, as @strata/conformance names them: all but those that need rare hardware. */
function listPrepared() {
  const names = (runtime, ending) =>
    backends.flatMap((backend) =>
      listDevices(backend, runtime)
        .filter(({ terms }) => terms.pace !== 'rare')
        .map(({ device }) => `${backend.name}/${device}${ending}`),
    );
  return [...names('node', ''), ...names('browser', ' in chromium')];
}

// Tests give another root.
const root = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
const rooms = ['packages', 'tools'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
);
const total = { passed: 0, failed: 0, skipped: 0 };
const done = new Set();
const withoutTests = [];
for (const room of rooms.filter((path) => existsSync(join(path, 'package.json')))) {
  const { name } = JSON.parse(readFileSync(join(room, 'package.json'), 'utf8'));
  const file = join(room, '.test-results.json');
  if (!existsSync(file)) {
    console.log(`${name}: left no test results`);
    process.exitCode = 1;
    continue;
  }
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const skipped = results.numPendingTests + results.numTodoTests;
  total.passed += results.numPassedTests;
  total.failed += results.numFailedTests;
  total.skipped += skipped;
  console.log(`${name}: ${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped`);
  for (const { name: path, status, message, assertionResults } of results.testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    for (const { fullName, failureMessages } of failed) printFailure(path, fullName, failureMessages.join('\n'));
    // A file that did not load has no tests, and its error is its own.
    if (status === 'failed' && failed.length === 0) printFailure(path, 'the file', message);
    const ran = assertionResults.filter(({ status }) => status === 'passed' || status === 'failed');
    for (const { fullName } of assertionResults.filter((test) => !ran.includes(test))) {
      console.log(`  skipped: ${fullName}`);
    }
    for (const { fullName } of ran) done.add(`${name}: ${fullName}`);
    if (ran.length === 0) withoutTests.push(relative(root, path));
  }
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);

function printFailure(path, test, message) {
  console.log(`  failed: ${relative(root, path)}: ${test}`);
  for (const line of message.split('\n').slice(0, 20)) console.log(`    ${line}`);
  process.exitCode = 1;
}

if (process.env.CI === 'true') {
  const untested = listPrepared().filter((device) => !done.has(`@strata/conformance: ${device} conforms cases`));
  for (const left of [...untested, ...withoutTests]) {
    console.log(`error: not tested: ${left}`);
    process.exitCode = 1;
  }
}
