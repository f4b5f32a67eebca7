import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import { parseStrata } from './strata-words.js';

/** The commands of a `sh` block: without comments, one for each side of `&&`. */
export function readCommands(text: string): string[] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => line.split('&&'))
    .map((command) => command.trim().replace(/^xvfb-run -a /, ''))
    .filter((command) => command !== '');
}

/** What is wrong with a command, or undefined: its program, its script or file, and for `strata` every option. */
export async function checkCommand(command: string): Promise<string | undefined> {
  const [first = '', second = '', third = '', ...rest] = splitWords(command);
  switch (first) {
    case 'strata':
      return parseStrata([second, third, ...rest].filter((word) => word !== ''));
    case 'npx':
      return checkNpx(second, [third, ...rest]);
    case 'npm':
      return checkNpm(second, third);
    case 'node':
      return existsSync(join(root, second)) ? undefined : `no file ${second}`;
    case 'cd':
      return existsSync(join(root, second)) ? undefined : `no folder ${second}`;
    default:
      return known.has(first) ? undefined : `no check for '${first}'`;
  }
}

/** Programs of the system, whose words are not ours. */
const known: ReadonlySet<string> = new Set(['tar', 'git', 'strata-gpu-check/check.sh']);

async function checkNpx(tool: string, words: readonly string[]): Promise<string | undefined> {
  if (tool === 'strata') return parseStrata(words.filter((word) => word !== ''));
  return existsSync(join(root, 'node_modules/.bin', tool)) ? undefined : `no tool ${tool}`;
}

function checkNpm(word: string, script: string): string | undefined {
  if (['ci', 'install', 'publish'].includes(word)) return undefined;
  const name = word === 'run' ? script : word;
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return scripts[name] === undefined ? `no script ${name} in package.json` : undefined;
}

function splitWords(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare,
  );
}
