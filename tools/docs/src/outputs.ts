import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './root.js';

// Where no GPU is: Debian's chromium brings a Vulkan driver in software.
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** A command that prints a block of a page takes seconds; one that takes so many milliseconds has hung. */
const LIMIT_MS = 120_000;

/** What a command of bash prints on standard output, run in the repository's root. Throws when it does not end. */
export function runCommand(command: string, limit = LIMIT_MS): string {
  const { stdout, error } = spawnSync('bash', ['-c', command], {
    cwd: root,
    encoding: 'utf8',
    timeout: limit,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...(existsSync(swiftShader) && { VK_ICD_FILENAMES: swiftShader }),
      ...process.env,
      PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      FORCE_COLOR: '0',
      NO_COLOR: '1',
    },
  });
  if (error !== undefined) throw new Error(`${command}: no end in ${limit / 1000} s`, { cause: error });
  return stdout;
}

/**
 * Whether a block shows this output. `…` stands for anything within a line, a line that is `…` alone for any lines. How
 * wide a gap is does not count: columns are as wide as durations make them.
 */
export function showsOutput(block: string, output: string): boolean {
  const pattern = linesOf(block).map((line) => (line === '…' ? '(?:.*\\n)*' : `${pieces(line).join('.*')}\\n`));
  return new RegExp(`^${pattern.join('')}$`, 'u').test(`${linesOf(output).join('\n')}\n`);
}

function pieces(line: string): string[] {
  return line.split('…').map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
}

function linesOf(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd().replace(/\s+/g, ' '));
}

/** Output as it goes into a page: durations differ from run to run. */
export function maskTimes(output: string): string {
  return output
    .trimEnd()
    .replace(/[^\S\n]+$/gm, '')
    .concat('\n')
    .replace(/\d[\d,.]*(?= m?s\b)/g, (duration) => '…'.padStart(duration.length));
}
