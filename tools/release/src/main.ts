import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumHint, findChromium } from '@strata/browser';
import { checkAllTypes, checkPages, checkPrograms, checkTarballs, type Result } from './checks.js';
import { writeEntries } from './entries.js';
import { installByNpm, installLinked, withFolder } from './install.js';
import { packAll } from './pack.js';
import { backendNames } from './packages.js';
import { writePrograms } from './programs.js';
import { writeReport } from './report.js';
import { fetchRuntimes, thisNode } from './runtimes.js';

const usage = `usage: npm run release:check -- [--all]

Packs every package, lints the tarballs, installs them in a fresh project, and there type-checks the README's program,
runs it, and bundles it for a page.

  --all  by npm itself, on every Node that is supported, Deno and Bun; docs/reports/packages.md is written anew`;

process.exitCode = await main();

async function main(): Promise<number> {
  let all: boolean;
  try {
    const { values } = parseArgs({ options: { all: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
    if (values.help === true) {
      console.log(usage);
      return 0;
    }
    all = values.all === true;
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  const results = await checkAll(all, ({ room, what, ok, told }) => {
    console.log(`${ok ? 'passed' : 'FAILED'}  ${room.padEnd(7)}  ${what}: ${told}`);
  });
  if (all) await writeReport(results, new Date());
  return results.every(({ ok }) => ok) ? 0 : 1;
}

async function checkAll(all: boolean, report: (result: Result) => void): Promise<readonly Result[]> {
  const runtimes = all ? await fetchRuntimes() : [thisNode];
  const backends = backendNames();
  const results: Result[] = [];
  await withFolder(async (folder) => {
    const tarballs = await packAll(folder);
    const project = join(folder, 'project');
    await (all ? installByNpm : installLinked)(tarballs, project);
    await writePrograms(project, backends);
    const filesFor = await writeEntries(project, tarballs, backends);
    const checks = [
      checkTarballs(tarballs, project),
      checkAllTypes(project, filesFor),
      checkPrograms(runtimes, project, backends),
    ];
    if (findChromium() === undefined) console.warn(chromiumHint);
    else checks.push(checkPages(project, backends));
    for (const check of checks) {
      for await (const result of check) {
        report(result);
        results.push(result);
      }
    }
  });
  return results;
}
