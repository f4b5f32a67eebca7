import { relative, sep } from 'node:path';
import { readArray, readRecord, readText } from '@strata/conformance';
import { InputError } from '@strata/core';
import type { FaultOutcome } from './fault.js';
import type { Scratch } from './scratch.js';

/**
 * Runs test files of packages in the copy, up to the first that fails. A file that does not load, or has no test, is
 * not judged: that would catch anything.
 */
export async function runTests(scratch: Scratch, tests: readonly string[]): Promise<FaultOutcome> {
  for (const file of tests) {
    const [folder] = /^\w+\/[\w-]+/.exec(file) ?? [];
    if (folder === undefined) throw new InputError({ where: file, got: 'no package', want: 'packages/NAME/test/FILE' });
    const report = readRecord(
      JSON.parse(await scratch.test(folder, relative(folder, file).split(sep).join('/'))),
      file,
    );
    const suites = readArray(report.testResults, 'testResults').map((suite) => readRecord(suite, 'suite'));
    const results = suites
      .flatMap((suite) => readArray(suite.assertionResults, 'assertionResults'))
      .map((result) => readRecord(result, 'result'));
    if (results.length === 0) {
      return { kind: 'not judged', reason: `${file}: ${suites.map(({ message }) => String(message)).join('; ')}` };
    }
    const index = results.findIndex(({ status }) => status === 'failed');
    if (index >= 0) {
      const by = `${file}: ${readText(results[index].fullName, 'fullName')}`;
      return { kind: 'caught', by, device: '–', trial: index + 1 };
    }
  }
  return { kind: 'survived' };
}
