// npm run mutants [-- Stryker's own options]: tries every mutant, or those of the files after --mutate, then writes the
// pages in docs of those that were tried, now or before. Exit code 1 where a mutant survives that nobody has explained, or
// one that is explained does not.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writePage } from './page.mjs';
import { explanations } from './survivors/index.mjs';

const root = resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const { status } = spawnSync(process.execPath, [stryker, 'run', 'tools/mutation/stryker.config.json', ...words], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);

const report = JSON.parse(readFileSync(join(root, '.cache/mutants.json'), 'utf8'));
const isPass = (path) => path.startsWith('packages/core/src/passes/');
const pages = { 'docs/mutants.md': (path) => !isPass(path), 'docs/mutants-passes.md': isPass };
for (const [name, belongs] of Object.entries(pages)) {
  const files = Object.fromEntries(Object.entries(report.files).filter(([path]) => belongs(path)));
  if (Object.keys(files).length === 0) continue;
  const { page, unexplained, unused } = writePage({ files }, explanations, words);
  writeFileSync(join(root, name), page);
  for (const line of unexplained) console.error(`survives: ${line}`);
  for (const { file, code } of unused) console.error(`explained, but does not survive: ${file}: ${code}`);
  if (unexplained.length + unused.length > 0) process.exitCode = 1;
}
