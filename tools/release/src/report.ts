import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from './checks.js';
import { root } from './packages.js';
import { mustRun } from './run.js';

const rooms: Readonly<Record<Result['room'], { readonly title: string; readonly about: string }>> = {
  tarball: { title: 'Tarballs', about: 'Contents, `publint` and `@arethetypeswrong/cli`.' },
  types: {
    title: 'Types',
    about:
      "The README's program and every entry, with `strict`, `noUncheckedIndexedAccess`, `exactOptionalPropertyTypes`, `skipLibCheck: false` and target ES2022, in a project that knows of pages (the library DOM), workers (WebWorker), Node (`@types/node`), or nothing but ES2022.",
  },
  program: {
    title: 'Programs',
    about: "The README's program, installed by npm from the tarballs, as ES module and by `require`.",
  },
  page: { title: 'Pages', about: 'The same program, bundled, in headless Chromium.' },
};

/** Writes the page, with its tables in columns. */
export async function writeReport(results: readonly Result[], date: Date): Promise<void> {
  const page = 'docs/reports/packages.md';
  await writeFile(join(root, page), formatReport(results, date));
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  await mustRun(process.execPath, [biome, 'format', '--write', page], { cwd: root });
}

export function formatReport(results: readonly Result[], date: Date): string {
  const failed = results.filter(({ ok }) => !ok).length;
  const sections = Object.entries(rooms).map(([room, { title, about }]) => {
    const rows = results.filter((result) => result.room === room);
    const lines = rows.map(({ what, ok, told }) => `| ${what} | ${ok ? 'yes' : '**no**'} | ${oneLine(told)} |`);
    return `## ${title}\n\n${about}\n\n| what | passed | |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# Packages as users get them

\`npm run release:check -- --all\` packed every package, installed the tarballs in a fresh project outside the repository and wrote this page on ${date.toISOString().slice(0, 10)} (${process.platform}, ${process.arch}): ${results.length - failed} of ${results.length} checks passed.

${sections.join('\n')}`;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 300);
}
