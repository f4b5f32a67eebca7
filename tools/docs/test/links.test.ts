import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { brokenLinks, brokenPaths } from '../src/links.js';
import { readPages } from '../src/pages.js';
import { root } from '../src/root.js';

const pages = readPages();
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n');

describe('pages', () => {
  it.each(pages.map(({ path }) => path))('%s: every link leads somewhere', (path) => {
    expect(pages.filter((page) => page.path === path).flatMap((page) => brokenLinks(page, pages))).toEqual([]);
  });

  it.each(pages.map(({ path }) => path))('%s: every path in backticks exists', (path) => {
    expect(pages.filter((page) => page.path === path).flatMap((page) => brokenPaths(page, files))).toEqual([]);
  });
});

describe('the link check', () => {
  const page = (text: string) => ({ path: 'docs/no-page.md', text });

  it.each(['[a](nothing.md)', '[a](../README.md#no-such-heading)', '[a](../docs/nothing)'])('refuses %s', (text) => {
    expect(brokenLinks(page(text), pages)).toHaveLength(1);
  });

  it.each(['[a](https://example.org)', '[a](numerics.md)', '[a](#here)\n\n## Here'])('accepts %s', (text) => {
    expect(brokenLinks(page(text), [page(text), ...pages])).toEqual([]);
  });

  it('finds paths from the root, the page and its package, with stars for any name', () => {
    const text = '`packages/core/src`, `packages/*/README.md`, `numerics.mjs`, `onnx/native`, `src/nothing.ts`';
    expect(brokenPaths(page(text), files)).toEqual(['src/nothing.ts']);
  });
});
