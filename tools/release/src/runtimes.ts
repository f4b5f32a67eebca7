import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNode } from '@strata/audit/nodes/fetch-node.mjs';
import { root } from './packages.js';
import { mustRun } from './run.js';

/** What runs a user's program. */
export interface Runtime {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Programs that are known to fail there, by backend, and what they say. */
  readonly gaps: Readonly<Record<string, RegExp>>;
}

export const thisNode: Runtime = {
  name: `Node ${process.versions.node}`,
  program: process.execPath,
  args: [],
  gaps: {},
};

/** Every Node that is supported, Deno and Bun, from npm's packages of their programs; kept in `.cache`. */
export async function fetchRuntimes(): Promise<Runtime[]> {
  const nodes = ['20', '22', '24'].map((version) => ({ program: fetchNode(version), args: [], gaps: {} }));
  const deno = {
    program: await fetchProgram('deno', '@deno', 'deno'),
    args: ['run', '--allow-all', '--node-modules-dir=manual', '--no-lock', '--no-remote'],
    gaps: {},
  };
  const bun = {
    program: await fetchProgram('bun', '@oven', 'bin/bun'),
    args: ['run'],
    gaps: {},
  };
  const named = [
    ...nodes.map((node) => ({ ...node, title: 'Node' })),
    { ...deno, title: 'Deno' },
    { ...bun, title: 'Bun' },
  ];
  return Promise.all(
    named.map(async ({ title, ...runtime }) => {
      const [, version] = /(\d+\.\d+\.\d+)/.exec(await mustRun(runtime.program, ['--version'], { cwd: root })) ?? [];
      return { ...runtime, name: `${title} ${version}` };
    }),
  );
}

/** The package `name` depends on one of a scope for each platform, of which npm installs this platform's. */
async function fetchProgram(name: string, scope: string, file: string): Promise<string> {
  const folder = join(root, '.cache/runtimes', name);
  const scoped = join(folder, 'node_modules', scope);
  if (!existsSync(scoped)) {
    mkdirSync(folder, { recursive: true });
    // npm looks for a project in the folders above where there is none here.
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
    await mustRun('npm', ['install', ...options, name], { cwd: folder });
  }
  const [platform] = readdirSync(scoped);
  return join(scoped, platform, file);
}
