import { DeviceError } from '../errors.js';
import type { DeviceReport } from './types.js';

/** What WebGPU tells of an adapter; as in `GPUAdapterInfo`. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter: boolean;
}

/** What of it belongs in a report. */
export function describeAdapter({
  vendor,
  architecture,
  device,
  description,
  isFallbackAdapter,
}: AdapterInfo): Pick<DeviceReport, 'adapter' | 'driver' | 'software'> {
  const adapter = [vendor, architecture, device].filter((part) => part !== '').join(' / ') || 'unnamed';
  return {
    adapter,
    ...(description === '' ? {} : { driver: description }),
    software: isFallbackAdapter || isSoftware(`${adapter} ${description}`),
  };
}

/** Whether the adapter or renderer of that name computes on the CPU. */
export function isSoftware(adapter: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render|\bwarp\b/i.test(adapter);
}

/** Why WebGPU cannot be in this page or worker, told without asking for an adapter; `undefined` where it may be. */
export function whyNoWebgpu(): string | undefined {
  const found: unknown = Reflect.get(navigator, 'gpu');
  if (found !== undefined && found !== null) return undefined;
  return 'this browser has no WebGPU, or the page is not served by https or localhost';
}

/** As much of a `GPUDevice` as tells that it is gone. */
interface LosableDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
}

/**
 * What `work` gives, or a `DeviceError` once the device is lost, even before: such a device takes every call and answers
 * none, so libraries would wait for ever.
 */
export async function unlessLost<T>(where: string, { lost }: LosableDevice, work: () => Promise<T>): Promise<T> {
  const loss = lost.then(({ reason, message }) => {
    throw new DeviceError({
      where,
      got: `the device was lost while it started: ${message || reason}`,
      hint: 'open it again, or choose another device',
    });
  });
  loss.catch(() => {});
  // A device that was lost before says so within this turn.
  await Promise.race([loss, new Promise((resolve) => setTimeout(resolve))]);
  return Promise.race([loss, work()]);
}
