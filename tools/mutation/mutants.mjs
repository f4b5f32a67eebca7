// npm run mutants [-- [--page FILE] Stryker's own options]: tries every mutant, or those of the files after --mutate, then
// writes FILE, docs/mutants.md unless told. Exit code 1 where a mutant survives that nobody has explained, or one that is explained does not.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writePage } from './page.mjs';
import { explanations } from './survivors/index.mjs';

const root = resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const at = words.indexOf('--page');
const [, file] = at === -1 ? [] : words.splice(at, 2);
const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const { status } = spawnSync(process.execPath, [stryker, 'run', 'tools/mutation/stryker.config.json', ...words], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);

const report = JSON.parse(readFileSync(join(root, '.cache/mutants.json'), 'utf8'));
const { page, unexplained, unused } = writePage(report, explanations, words);
writeFileSync(resolve(root, file ?? 'docs/mutants.md'), page);
for (const line of unexplained) console.error(`survives: ${line}`);
for (const { file, code } of unused) console.error(`explained, but does not survive: ${file}: ${code}`);
process.exit(unexplained.length + unused.length > 0 ? 1 : 0);
