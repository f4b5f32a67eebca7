#!/usr/bin/env node
// node tools/house/run-built.mjs PROJECT SCRIPT [WORD …]: builds a project and what it needs, then runs the script.
// A build that succeeds says nothing; one that fails prints the compiler's own words, not where they are kept.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const [project, script, ...words] = process.argv.slice(2);
const nx = resolve(root, 'node_modules/.bin/nx');
if (process.stderr.isTTY) process.stderr.write(`building ${project} …\n`);
const build = spawnSync(process.execPath, [nx, 'run', `${project}:build`, '--output-style=static'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
if (build.status === 0) {
  const { status } = spawnSync(process.execPath, [resolve(root, script), ...words], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(`${failuresOf(`${build.stdout}${build.stderr}`)}\n`);
  process.exitCode = 1;
}

/** What the compiler, the linter and Node say; all of the output where nothing of it looks like an error. */
function failuresOf(output) {
  const text = stripVTControlCharacters(output);
  // Each task's part begins with a line such as `> nx run @strata/core:build`.
  const parts = text
    .split(/^(?=> nx run )/m)
    .filter((part) => /\berror\b|×|✖|Error:/i.test(part) && part.startsWith('> '));
  return parts.length > 0
    ? parts.map((part) => part.split(/^—|^ NX |^ +Run duration:/m)[0].trim()).join('\n\n')
    : text.trim();
}
