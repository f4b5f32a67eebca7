import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const cache = resolve(import.meta.dirname, '../../../.cache/nodes');

/**
 * The program of a version of Node, `22` or `22.23.3`, in a folder of its own. It comes from npm's package for this
 * platform, the one that the package `node` would fetch in its install script. Throws what npm said.
 */
export function fetchNode(version) {
  const folder = join(cache, `${process.platform}-${process.arch}-${version}`);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const program = join(folder, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  // npm looks for a project in the folders above where there is none here.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm install ${name}@${version}: ${error?.message ?? stderr.trim()}`);
  return program;
}
