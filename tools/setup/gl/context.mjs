import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const probe = resolve(import.meta.dirname, 'probe.cjs');
const displayHint = 'give it a screen (DISPLAY), or install Xvfb (Debian: apt-get install xvfb xauth)';

/**
 * Whether the package gl makes a context, tried in a process of its own, so that a driver that crashes does no harm:
 * `works` with the renderer's name (and the wrapper that it takes where there is no display), `no display`, or
 * `does not load`. `environment` and `path` are for tests.
 */
export function checkContext({ environment = process.env, path = probe } = {}) {
  const direct = start(process.execPath, [path], environment);
  if (direct.state !== 'no display' || environment.DISPLAY !== undefined || process.platform !== 'linux') return direct;
  const wrapped = start('xvfb-run', ['-a', process.execPath, path], environment);
  return wrapped.state === 'works' ? { ...wrapped, wrapper: 'xvfb-run -a' } : { ...direct, hint: displayHint };
}

function start(program, args, env) {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', env });
  if (error !== undefined) return { state: 'no display', reason: `${program} does not start (${error.code})` };
  if (status === 0) return { state: 'works', renderer: stdout };
  if (status === 3)
    return { state: 'no display', reason: 'it finds no display or no OpenGL driver', hint: displayHint };
  const reason =
    stderr.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? `the process ended with ${signal ?? status}`;
  return { state: 'does not load', reason: reason.trim() };
}
