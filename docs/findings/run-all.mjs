/**
 * Runs every program of this folder and prints whether its library still does what docs/findings.md tells.
 *
 * node docs/findings/run-all.mjs [words]: only those whose name holds one of the words; --verbose prints their output.
 * Exit code 1 when one changed: the library was mended, or broke otherwise, and a lowering may be simpler now.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const words = process.argv.slice(2).filter((word) => word !== '--verbose');
const verbose = process.argv.includes('--verbose');
const names = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'run-all.mjs');
const chosen = names.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));

// Where no GPU is: Debian's chromium brings a Vulkan driver in software.
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
const env = { ...(existsSync(swiftShader) && { VK_ICD_FILENAMES: swiftShader }), ...process.env };
const verdicts = new Map([
  [0, 'as told'],
  [3, 'not run here'],
]);

const count = {};
for (const name of chosen) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [join(folder, name)], {
    encoding: 'utf8',
    timeout: 120_000,
    env,
  });
  const verdict = verdicts.get(status) ?? 'changed';
  count[verdict] = (count[verdict] ?? 0) + 1;
  const crashed = signal ?? (/CHANGED: /.test(stdout) || verdict !== 'changed' ? undefined : `exit code ${status}`);
  console.log(
    `${verdict.padEnd(12)}  ${name.replace('.mjs', '')}${crashed === undefined ? '' : ` (ended by ${crashed})`}`,
  );
  const reason = verdict === 'not run here' ? stdout.trim() : '';
  if (verbose || verdict === 'changed')
    console.log((stdout + (crashed === undefined ? '' : stderr)).trim().replace(/^/gm, '    '));
  else if (reason !== '') console.log(`    ${reason}`);
}
console.log(
  Object.entries(count)
    .map(([verdict, times]) => `${times} ${verdict}`)
    .join(', ') || 'no program of that name',
);
process.exitCode = count.changed === undefined ? 0 : 1;
