import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeviceError } from '@strata/core';

/** What `strata devices --json` says here: all backends and devices, and why those that cannot run do not. */
export function askStrataDevices(): unknown {
  const entry = fileURLToPath(import.meta.resolve('@strata/cli'));
  const program = join(dirname(dirname(entry)), 'bin/strata.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'devices', '--json'], { encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout);
  throw new DeviceError({ where: 'strata devices', got: `exit code ${status}: ${stderr.trim()}` });
}
