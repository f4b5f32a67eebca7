#!/usr/bin/env node
// Packs the check for a machine with a GPU, and tries the archive here: see README.md beside this file.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pack } from './pack/pack.mjs';

const usage = `usage: npm run gpu-check -- [--pack-only] [words for check.sh]

  --pack-only   write the archive and stop; without it the archive is unpacked in an empty folder and checked here`;

const words = process.argv.slice(2);
if (words.includes('--help')) console.log(usage);
else
  process.exitCode = await main(
    words.filter((word) => word !== '--pack-only'),
    words.includes('--pack-only'),
  );

async function main(rest, packOnly) {
  const { archive } = await pack((text) => console.error(text));
  if (packOnly) return 0;
  const empty = mkdtempSync(join(tmpdir(), 'strata-gpu-check-'));
  try {
    start('tar', ['-xf', archive], empty);
    // As on a bare machine: nothing in reach but what check.sh itself calls.
    const status = start(join(empty, 'strata-gpu-check/check.sh'), rest, empty, {
      PATH: linkTools(join(empty, 'bin')),
    });
    const results = join(empty, 'gpu-check.json');
    if (existsSync(results)) copyFileSync(results, resolve('gpu-check.json'));
    return status;
  } finally {
    rmSync(empty, { recursive: true });
  }
}

/** A folder with the few programs that check.sh calls, and no node. */
function linkTools(folder) {
  mkdirSync(folder);
  const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', ...(process.env.PATH ?? '').split(delimiter)];
  for (const tool of ['sh', 'dirname', 'grep', 'ls', 'head', 'ldconfig', 'nvidia-smi']) {
    const found = folders.map((path) => join(path, tool)).find((path) => existsSync(path));
    if (found !== undefined) symlinkSync(found, join(folder, tool));
  }
  return folder;
}

function start(program, args, cwd, env = {}) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error !== undefined) throw error;
  return status ?? 1;
}
