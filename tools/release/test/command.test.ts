import { join } from 'node:path';
import { expect, it } from 'vitest';
import { roomsIn, root, run } from '../src/index.js';

it('says what it wants of wrong words', async () => {
  const program = join(import.meta.dirname, '../dist/main.js');
  const { status, stderr } = await run(process.execPath, [program, '--wat'], { cwd: root });
  expect(status).toBe(2);
  expect(stderr).toContain('usage: npm run release:check');
});

it('npm knows every word of .npmrc', async () => {
  const { stderr } = await run('npm', ['config', 'list', '--location=project'], { cwd: root });
  expect(stderr).not.toMatch(/Unknown project config/);
});

it('nx release gives every package the next version', async () => {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const env = { NX_DAEMON: 'false', FORCE_COLOR: '0' };
  const words = ['release', '7.0.0', '--skip-publish', '--first-release', '--dry-run'];
  const { stdout, stderr } = await run(process.execPath, [nx, ...words], { cwd: root, env });
  for (const { folder } of [...roomsIn('packages'), ...roomsIn('tools')]) {
    expect(stdout + stderr).toContain(`${folder.slice(root.length + 1)}/package.json: version 7.0.0`);
  }
});
