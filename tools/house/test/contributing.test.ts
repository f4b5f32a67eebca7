import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
// Inside the repository, so that the example finds @strata/core as a user's project does; where the linter does not look.
const cache = join(import.meta.dirname, '../.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'contributing-'));
afterAll(() => rmSync(folder, { recursive: true }));

function exampleBackend(): string {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const example = /```js\n(\/\/ my-backend\.js\n[\s\S]*?)```/.exec(text);
  if (example === null) throw new Error('CONTRIBUTING.md: no example named my-backend.js');
  return example[1];
}

function strata(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, 'packages/cli/bin/strata.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

describe("CONTRIBUTING.md's example backend", () => {
  writeFileSync(join(folder, 'my-backend.js'), exampleBackend());
  const boot = join(root, 'packages/googlenet/samples/ankle-boot.jpg');

  it('classifies a picture through the command', { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = strata('classify', boot, '--backend', './my-backend.js', '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const [result] = JSON.parse(stdout);
    expect(result).toMatchObject({ backend: 'mine', device: 'js' });
    expect(result.top[0].label).toBe('Ankle boot');
  });
});
