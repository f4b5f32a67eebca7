import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '@strata/core';
import { checkApart } from './check-apart.js';
import { checkedDevices } from './devices.js';
import { formatResults } from './format.js';
import { describeMachine } from './machine.js';
import { type DeviceResult, isRight } from './result.js';
import { askStrataDevices } from './strata-devices.js';

const usage = `usage: check.sh [--device D]… [--full] [--minutes N] [--json FILE]

  --device D   ${checkedDevices.join(', ')}; all of them by default
  --full       all goldens, batches and timed runs on a renderer in software, too
  --minutes N  how long one device may take; 30 by default
  --json FILE  where the results go; gpu-check.json in the working folder by default

Exit code 1 when a result is wrong or a WebGPU device cannot be opened, 2 for wrong words.`;

async function main(): Promise<number> {
  const words = readWords();
  if (typeof words === 'string') {
    process.stderr.write(`${words}\n\n${usage}\n`);
    return 2;
  }
  if (words.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const machine = describeMachine();
  process.stderr.write(`${JSON.stringify(machine)}\n`);
  const devices = askStrataDevices();
  const samples = resolve(import.meta.dirname, '../../../../../pictures.json');
  const results: DeviceResult[] = [];
  for (const device of words.devices) {
    const request = { device, full: words.full, ...(existsSync(samples) ? { samples } : {}) };
    const tell = (step: string) => process.stderr.write(`  ${step}\n`);
    results.push(await checkApart(request, words.minutes * 60_000, tell));
  }
  writeFileSync(words.json, `${JSON.stringify({ machine, devices, results }, undefined, 2)}\n`);
  process.stdout.write(formatResults(results));
  process.stdout.write(`All of it: ${words.json}\n`);
  return results.every(isRight) ? 0 : 1;
}

function readWords() {
  try {
    const { values } = parseArgs({
      options: {
        device: { type: 'string', multiple: true },
        full: { type: 'boolean' },
        minutes: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const {
      device = [...checkedDevices],
      full = false,
      minutes = '30',
      json = 'gpu-check.json',
      help = false,
    } = values;
    const unknown = device.filter((name) => !checkedDevices.includes(name));
    if (unknown.length > 0) return `error: --device ${unknown.join(' ')}, want ${checkedDevices.join(', ')}`;
    if (!(Number(minutes) > 0)) return `error: --minutes ${minutes}, want a number above 0`;
    return { devices: device, full, minutes: Number(minutes), json: resolve(json), help };
  } catch (error) {
    return `error: ${messageOf(error)}`;
  }
}

process.exitCode = await main();
