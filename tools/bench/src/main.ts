import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { cases, rowNames } from './cases.js';
import { type LeftOut, type Measurement, measure } from './measure.js';
import { printLeftOut, printMeasurements, printStartUp } from './print.js';
import { measureStartUp, type StartUpResult } from './start-up.js';

const names = [...rowNames, 'start-up'];

const usage = `usage: npm run bench -- [--only ${names.join('|')}] [--pairs N] [--threads N] [--json]

Times Strata against what a user of the library under it would write, in interleaved pairs, and prints ratios of medians
with 95 % bootstrap intervals. Beside each stand a control (the peer against itself) and the difference of the two results.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      pairs: { type: 'string' },
      threads: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const { only, json } = values;
  if (only !== undefined && !names.includes(only)) throw new TypeError(`--only ${only}: want ${names.join(', ')}`);
  const threads = values.threads === undefined ? cpus().length : wholeNumber('--threads', values.threads);
  const pairs = values.pairs === undefined ? undefined : wholeNumber('--pairs', values.pairs);
  const wanted = (name: string) => only === undefined || only === name;
  const chosen = cases.filter(({ row }) => wanted(row)).map((item) => ({ ...item, pairs: pairs ?? item.pairs }));
  const measurements: Measurement[] = [];
  const leftOut: LeftOut[] = [];
  const leaveOut = (result: LeftOut) => {
    leftOut.push(result);
    console.error(printLeftOut(result));
  };
  for (const item of chosen) {
    const result = await measure(item, { threads, onPair: showProgress });
    if ('reason' in result) leaveOut(result);
    else measurements.push(result);
  }
  let startUp: StartUpResult | undefined;
  if (wanted('start-up')) {
    const result = await measureStartUp(pairs ?? 20);
    if ('reason' in result) leaveOut(result);
    else startUp = result;
  }
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  if (measurements.length === 0 && startUp === undefined) process.exitCode = 1;
  if (json) return console.log(JSON.stringify({ machine, measurements, leftOut, startUp }));
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  if (measurements.length > 0) console.log(printMeasurements(measurements));
  if (startUp !== undefined) console.log(printStartUp(startUp));
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new TypeError(`${option} ${text}: want a whole number of at least 1`);
}

function showProgress(label: string, done: number, of: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\x1b[K${done === of ? '' : `${label}: ${done}/${of}`}`);
}

try {
  await main();
} catch (error) {
  const wrongWords = error instanceof TypeError;
  console.error(`error: ${error instanceof Error ? error.message : String(error)}${wrongWords ? `\n\n${usage}` : ''}`);
  process.exitCode = wrongWords ? 2 : 1;
}
