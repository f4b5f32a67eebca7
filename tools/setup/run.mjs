import { spawnSync } from 'node:child_process';
import { SetupError } from './say.mjs';

/** Runs a program; its last lines go into the error when it fails. `hint` says how to get a program that is missing. */
export function run(program, args, { hint, cwd, timeoutMs } = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    timeout: timeoutMs,
    maxBuffer: 2 ** 28,
  });
  if (error?.code === 'ENOENT') throw new SetupError(`${program} is not installed`, hint);
  if (status === 0) return stdout;
  const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-6).join('\n  ');
  throw new SetupError(`${program} ended with ${signal ?? `code ${status}`}:\n  ${tail}\n`, hint);
}
