import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { showProgress } from '../src/output/progress.js';
import { parseCount } from '../src/parse-words.js';
import { makeFolder } from './support/folder.js';
import { ramp, strata, strataOn } from './support/strata.js';

const folder = makeFolder();
const missing = join(folder, 'nothing.png');

/** Words that mean something, and some that nearly do. None that asks a server, starts processes or writes a file. */
const known = [
  ...['classify', 'summary', 'run', 'diff', 'evaluate', 'inspect', 'export', 'help', 'paint'],
  ...['--format', '--precision', '--crops', '--resize', 'safetensors', 'float16', 'whole'],
  ...['--json', '--debug', '--top', '--batch', '--threads', '--device', '--variant', '--weights', '--input', '--out'],
  ...['--outputs', '--split', '--limit', '--data', '--version', '--help', '-h', '-j', '--jsn', '--no-json', '--json=1'],
  ...[
    '--transform-input',
    '--mean',
    '--std',
    '--scale',
    '--channels',
    '--labels',
    '--all',
    'on',
    'off',
    'bgr',
    '1/255',
  ],
  ...['1', '0', '-1', '1e9', 'seed', 'bvlc', '1,32,32', '3,8', 'fc', 'fc,fc', 'test', 'wasm', 'ramp', '-', '', ' '],
  ...['constructor', '__proto__', 'a\nb', '\u001b[31m', folder, missing, join(folder, 'x.npy')],
];
const commands = fc.constantFrom('classify', 'summary', 'run', 'diff', 'evaluate', 'inspect', 'export');
const words = fc
  .tuple(
    fc.option(commands),
    fc.array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, fc.string({ unit: 'binary' })), {
      maxLength: 7,
    }),
  )
  .map(([command, rest]) => [...(command === null ? [] : [command]), ...rest.filter((word) => word !== '--')]);

describe('any words', () => {
  it('end with 0, 1 or 2, with one JSON value where it is asked for, and never with a stack', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (given) => {
        const { code, stdout, stderr } = await strata(...given, ...ramp);
        expect([0, 1, 2]).toContain(code);
        if (!given.includes('--debug')) expect(stderr).not.toMatch(/^ {4}at /m);
        expect(stderr).not.toContain('unexpected:');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may not come.
        expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
        if (code !== 0) expect(stderr).not.toBe('');
        const isHelp = code === 0 && given.some((word) => ['help', '--help', '-h', '--version'].includes(word));
        if (given.includes('--json') && !isHelp && stdout !== '') {
          expect(stdout.trimEnd()).not.toContain('\n');
          expect(typeof JSON.parse(stdout)).toBe('object');
          if (code === 2) expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE' } });
        }
        if (given.includes('--json') && code === 1) expect(stdout).not.toBe('');
        if (code === 2 && !given.includes('--json')) expect(stdout).toBe('');
      }),
      { numRuns: 150 },
    );
  });
});

describe('a count', () => {
  it.each(['1e3', '0x10', '+3', ' 3', '3 ', '3.0', '', '٣', '9007199254740993'])('is not %j', async (word) => {
    expect(() => parseCount('--top')(word)).toThrow(`--top: '${word}', want a whole number of at least 1`);
    const { code } = await strata('classify', missing, ...ramp, `--top=${word}`);
    expect(code).toBe(2);
  });

  it('is any whole number of digits', () => {
    expect(['1', '007', '9007199254740991'].map(parseCount('--top'))).toEqual([1, 7, Number.MAX_SAFE_INTEGER]);
  });
});

describe('a terminal', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(['', 'a'])('gets a long error cut between characters, not inside one (%j before)', async (before) => {
    const { stderr } = await strataOn(
      { isTTY: true, env: { NO_COLOR: '1' } },
      'classify',
      `${before}${'👟'.repeat(400)}`,
      ...ramp,
    );
    const [line] = stderr.split('\n').filter((one) => one.startsWith('error:'));
    expect([...line]).toHaveLength(300);
    expect(line).not.toMatch(/\p{Cs}/u);
  });

  it('is coloured where NO_COLOR is empty, as no-color.org says', async () => {
    const { stderr } = await strataOn({ isTTY: true, env: { NO_COLOR: '' } }, 'summary', '--variant', 'nothing');
    expect(stderr).toContain('\u001b[31merror:\u001b[39m');
  });

  it('has no progress bar left after a failure', async () => {
    const stream = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), {
      isTTY: true,
      columns: 80,
      cursorTo: () => true,
      clearLine: () => true,
    });
    vi.useFakeTimers();
    const work = showProgress('pictures', { stdout: stream, stderr: stream, env: {} }, async (onProgress) => {
      onProgress(1, 10);
      expect(vi.getTimerCount()).toBe(1);
      throw new Error('lost');
    });
    await expect(work).rejects.toThrow('lost');
    expect(vi.getTimerCount()).toBe(0);
  });
});
