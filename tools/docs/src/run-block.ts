// node tools/docs/dist/run-block.js PAGE [N]: runs the first `js` block of a page (or block N), for outputs below it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBlocks } from './blocks.js';
import { root } from './root.js';

const [path = '', number = '1'] = process.argv.slice(2);
const blocks = readBlocks({ path, text: readFileSync(join(root, path), 'utf8') });
const block = blocks.filter(({ language }) => language === 'js').at(Number(number) - 1);
if (block === undefined) throw new Error(`${path}: no js block ${number}`);
// Inside the repository, so that packages resolve as in a user's project.
const cache = join(root, 'tools/docs/.cache');
mkdirSync(cache, { recursive: true });
const file = join(cache, `block-${process.pid}.mjs`);
writeFileSync(file, block.text);
process.exitCode = spawnSync(process.execPath, [file], { stdio: 'inherit' }).status ?? 1;
rmSync(file);
