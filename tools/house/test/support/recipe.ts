import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file, or kind of file, that a recipe of CONTRIBUTING.md names. */
export interface Named {
  /** As it stands there, in its folder: `packages/core/src/ops/x.ts`. */
  readonly path: string;
  /** What stands at the head of its column: `new file`. */
  readonly head: string;
  /** What the recipe says of it. */
  readonly text: string;
}

/**
 * The files in the tables of a section, in order: new ones, those that get lines, and those that only some need. A head such as "file in `packages/backend-mine`" is the folder of its
 * column; tables whose head begins with "only" hold what not everybody needs.
 */
export function readRecipe(repository: string, section: string): Named[] {
  const text = readFileSync(join(repository, 'CONTRIBUTING.md'), 'utf8');
  const [, found] = text.split(`\n## ${section}\n`);
  if (found === undefined) throw new Error(`CONTRIBUTING.md: no section named ${section}`);
  const [own] = found.split(/^## /m);
  const tables = own.split(/\n(?!\|)/).map((part) => part.split('\n').filter((line) => line.startsWith('|')));
  return tables.flatMap(([header, , ...rows]) => {
    if (header === undefined) return [];
    const [head] = cellsOf(header);
    if (!/^(?:new file|file in|lines in|only)\b/.test(head)) return [];
    const [folder] = codeIn(head);
    return rows.flatMap((row) => {
      const [files, said] = cellsOf(row);
      return codeIn(files).map((file) => ({
        path: folder === undefined ? file : `${folder}/${file}`,
        head: head.replaceAll('`', ''),
        text: said,
      }));
    });
  });
}

/** What was touched and is not named, and what is named for everybody and was not touched. */
export function compareWithRecipe(named: readonly Named[], touched: readonly string[], words: Words) {
  const patterns = named.map(({ path, head }) => ({ path, head, pattern: patternOf(path, words) }));
  return {
    unnamed: touched.filter((file) => !patterns.some(({ pattern }) => pattern.test(file))),
    needless: patterns
      .filter(({ head, pattern }) => !head.startsWith('only') && !touched.some((file) => pattern.test(file)))
      .map(({ path }) => path),
  };
}

/** What the placeholders of a recipe stand for, as parts of regular expressions. */
export type Words = Readonly<Record<string, string>>;

/** The files that a path of a recipe stands for; one that ends in `/` is everything below. */
function patternOf(path: string, words: Words): RegExp {
  const parts = path.split(/\b/).map((part) => words[part] ?? part.replaceAll(/[.+*/()]/g, '\\$&'));
  return new RegExp(`^${parts.join('')}${path.endsWith('/') ? '.+' : '$'}`);
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}
