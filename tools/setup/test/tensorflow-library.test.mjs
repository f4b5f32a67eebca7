import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../run.mjs';
import { findLibrary } from '../tensorflow/library.mjs';

const folder = mkdtempSync(join(tmpdir(), 'strata-tensorflow-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('findLibrary --from', () => {
  it('says that a path is not there', async () => {
    await expect(findLibrary(join(folder, 'none'))).rejects.toThrow(/none: there is no such file or folder/);
  });

  it('says what a folder lacks', async () => {
    await expect(findLibrary(folder)).rejects.toThrow(/has no include\/tensorflow\/c\/c_api\.h; name another/);
  });

  it('takes a folder with headers and libraries', async () => {
    const good = join(folder, 'good');
    mkdirSync(join(good, 'include/tensorflow/c'), { recursive: true });
    mkdirSync(join(good, 'lib'));
    writeFileSync(join(good, 'include/tensorflow/c/c_api.h'), '');
    expect(await findLibrary(good)).toEqual({ folder: good, libraries: join(good, 'lib'), source: good });
  });

  it('says that an archive is damaged', async () => {
    const broken = join(folder, 'broken.tar.gz');
    writeFileSync(broken, 'not an archive');
    await expect(findLibrary(broken)).rejects.toThrow(/tar ended with code/);
  });
});

describe('run', () => {
  it('says how to get a program that is missing', () => {
    expect(() => run('no-such-program', [], { hint: 'install it' })).toThrow(
      'no-such-program is not installed; install it',
    );
  });

  it('shows the last lines of a program that failed', () => {
    const failing = ['-e', 'console.error("first"); console.error("the reason"); process.exit(3)'];
    expect(() => run(process.execPath, failing)).toThrow(/code 3:[\s\S]*the reason/);
  });
});
