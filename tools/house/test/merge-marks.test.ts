import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

// The first and the last mark of a conflict, also as a formatter leaves them in Markdown.
const marks = /^\s*(?:> )*(?:<{7}|\\?<\\?<\\?<\\?<\\?<\\?<\\?<|>{7}|(?:> ){6}>) /m;

it('no file has the marks of a merge that was not finished', () => {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    .toString()
    .split('\0')
    .filter((file) => /\.(?:ts|mjs|js|json|md|py|css|html|yml)$/.test(file) && existsSync(resolve(root, file)));
  expect(files.length).toBeGreaterThan(1000);
  expect(files.filter((file) => marks.test(readFileSync(resolve(root, file), 'utf8')))).toEqual([]);
});
