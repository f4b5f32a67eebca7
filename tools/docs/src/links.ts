import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Page } from './pages.js';
import { root } from './root.js';

/** Links of a page that lead to no file, or to no heading of one. */
export function brokenLinks(page: Page, pages: readonly Page[]): string[] {
  return [...withoutBlocks(page.text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page.path : normalize(join(dirname(page.path), file));
      if (file !== '' && !existsSync(join(root, path))) return true;
      const other = pages.find((one) => one.path === path);
      return anchor !== undefined && !(other !== undefined && anchorsOf(other.text).includes(anchor));
    });
}

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/**
 * Words in backticks that look like a path of the repository and lead nowhere: from the root, from the page's folder or
 * package, or from its `src`; on a page of the root, from any package. `*` stands for any name, and so do `x`, `D` and `mine`, the names that recipes use.
 */
export function brokenPaths(page: Page, files: readonly string[]): string[] {
  const folder = dirname(page.path);
  const [kind, name] = page.path.split('/');
  const bases = ['', folder, join(folder, 'src'), join(name === undefined ? 'packages' : (kind ?? ''), name ?? '*')];
  const exists = (path: string) =>
    bases.some((base) => {
      const wanted = globOf(normalize(join(base, path)).replace(/\/$/, ''));
      return files.some((file) => wanted.test(file));
    });
  return [...withoutBlocks(page.text).matchAll(/`([^`\n]+)`/g)]
    .map(([, word = '']) => word)
    .filter((word) => looksLikePath(word) && !exists(word));
}

const fileName = /\.(ts|mjs|js|md|json|sh|patch|proto|gz|safetensors|npy)$/;
/** What a build writes, and git does not know. */
const built = /(^|\/)dist\/|^docs\/api/;
const topFolders = /^(packages|tools|docs|src|test|scripts|bin)\//;

function looksLikePath(word: string): boolean {
  return (
    /^[\w@*./-]+$/.test(word) &&
    !/^[@./]/.test(word) &&
    !built.test(word) &&
    (topFolders.test(word) || (word.includes('/') && fileName.test(word)))
  );
}

function globOf(path: string): RegExp {
  const escaped = path
    .replace(/\b(x|y|D|mine)\b/g, '*')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*');
  return new RegExp(`^${escaped}(/|$)`);
}

function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/<!--[\s\S]*?-->/g, '');
}
