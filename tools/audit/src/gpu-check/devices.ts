import { backends, nameTarget, type Target, targets } from '@strata/conformance/targets';
import { type Backend, InputError } from '@strata/core';

/** The processor through the first backend, as a yardstick. */
const yardstick = targets.find(({ backend, device }) => backend === backends[0]?.name && device === 'native');

/** What is checked: every WebGPU device, and the yardstick beside them. */
const checked: readonly Target[] = [
  ...targets.filter(({ device }) => device === 'webgpu'),
  ...(yardstick === undefined ? [] : [yardstick]),
];

/** By `backend/device`. */
export const checkedDevices: readonly string[] = checked.map(nameTarget);

/** Opens one of them; its library is loaded here and not before. Throws `DeviceError` that says why it cannot run. */
export async function openDevice(name: string): Promise<Backend> {
  const target = checked.find((candidate) => nameTarget(candidate) === name);
  if (target === undefined) throw new InputError({ where: 'gpu-check', got: name, want: checkedDevices.join(', ') });
  return target.open();
}
