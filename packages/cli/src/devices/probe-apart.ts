import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type DeviceStatus, type ProbeWords, unavailable } from './probe.js';

/** A device that says nothing for this long counts as unavailable. A software GPU compiles slowly. */
const patienceMs = 60_000;

/**
 * Probes a device in a process of its own: a driver that crashes takes only that process with it, globals that a
 * library sets end there, and libraries that cannot live side by side never meet. Never rejects.
 */
export function probeApart(words: ProbeWords): Promise<DeviceStatus> {
  // From `dist` even where the tests run the sources: a new process needs JavaScript.
  const path = fileURLToPath(new URL('../../dist/devices/probe-child.js', import.meta.url));
  const child = fork(path, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  return new Promise((resolve) => {
    const lastWords = collectTail(child);
    const settle = (status: DeviceStatus) => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(status);
    };
    const timer = setTimeout(() => {
      settle(unavailable(words, `no answer within ${patienceMs / 1000} s`));
    }, patienceMs);
    child.once('message', (status: DeviceStatus) => settle(status));
    child.once('error', (error) => settle(unavailable(words, `the probe does not start: ${error.message}`)));
    child.once('close', (code, signal) => {
      const end = signal === null ? `exit code ${code}` : signal;
      settle(unavailable(words, [`the library ended its process (${end})`, lastWords()].filter(Boolean).join(': ')));
    });
    child.send(words);
  });
}

/** The last line that a process wrote to stderr, stack traces aside: often the reason why it ended. */
function collectTail({ stderr }: ChildProcess): () => string {
  let tail = '';
  stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-10_000);
  });
  const isStack = /^\s*(at |#?\d+:? |-{3,})|^\s*$/;
  return () =>
    tail
      .split('\n')
      .findLast((line) => !isStack.test(line))
      ?.trim() ?? '';
}
