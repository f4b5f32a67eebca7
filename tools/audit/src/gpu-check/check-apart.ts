import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeviceResult } from './result.js';

/** What a child is told. */
export interface ChildRequest {
  readonly device: string;
  readonly full: boolean;
  /** File of the sample pictures; absent where there are none. */
  readonly samples?: string;
}

/** What a child tells, one message each. */
export type ChildMessage = { readonly step: string } | { readonly result: DeviceResult };

/**
 * Checks a device in a process of its own: a driver that crashes takes only that process with it, and each library has
 * the GPU for itself. Never rejects.
 */
export function checkApart(request: ChildRequest, patienceMs: number, onStep: (step: string) => void) {
  const { device } = request;
  return new Promise<DeviceResult>((resolve) => {
    const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let tail = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-2000);
    });
    const settle = (result: DeviceResult) => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(result);
    };
    const timer = setTimeout(() => {
      settle({ device, failure: `no end within ${Math.round(patienceMs / 60_000)} minutes` });
    }, patienceMs);
    child.on('message', (message: ChildMessage) => {
      if ('step' in message) onStep(message.step);
      else settle(message.result);
    });
    child.once('error', (error) => settle({ device, failure: error.message }));
    child.once('close', (code, signal) => {
      const words = tail.trim().split('\n').at(-1) ?? '';
      settle({ device, failure: `the process ended with ${signal ?? `code ${code}`}: ${words}` });
    });
    child.send(request);
  });
}
