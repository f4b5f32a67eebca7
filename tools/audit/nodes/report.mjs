import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes docs/reports/node-versions.md from what the last run saw. */
export function writeReport(root, results, date = new Date()) {
  const path = join(root, 'docs/reports/node-versions.md');
  // What libraries say names files of this machine.
  writeFileSync(path, formatReport(results, date).replaceAll(join(root, '/'), ''));
  // Formatted as the rest of the repository.
  spawnSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', path], { cwd: root });
}

/** A page: one column a version, one row a package, what failed by name below. */
export function formatReport(results, date) {
  const versions = results.map(({ version }) => version);
  const rows = results[0].rooms.map(({ folder }, index) => [
    folder,
    ...results.map(({ rooms }) => count(rooms[index])),
  ]);
  const globals = ['globals put back', ...results.map(({ globals: { ok } }) => (ok ? 'yes' : 'no'))];
  const table = [['', ...versions], versions.map(() => '---').concat('---'), ...rows, globals];
  return `# Versions of Node

The core of the suite on every supported line of Node, as \`npm run test:nodes\` saw it on ${date.toISOString().slice(0, 10)} (${process.platform}, ${process.arch}). The command writes this page; the list of what is in the core, and what is not, is \`tools/audit/nodes/core-of-the-suite.mjs\`. Tests passed, and failed or skipped where there are any:

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

After each device was opened, ran a network and was closed, all globals and \`navigator\`'s own properties were compared with what they were before.

${results.map(describe).join('\n')}
`;
}

function count({ passed, failed, skipped }) {
  return [`${passed}`, failed > 0 ? `${failed} failed` : '', skipped > 0 ? `${skipped} skipped` : '']
    .filter((part) => part !== '')
    .join(', ');
}

function describe({ version, rooms, globals }) {
  const failures = rooms.flatMap(({ folder, failures }) =>
    failures.map((failure) => `  - failed, ${folder}: ${failure}`),
  );
  const told = globals.ok ? [] : [`  - globals: ${globals.told}`];
  const absent = globals.absent.map((reason) => `  - left out: ${reason}`);
  return [`- ${version}: ${globals.ran.join(', ')}`, ...failures, ...told, ...absent].join('\n');
}
