import { type Backend, DeviceError } from '@strata/core';

export async function openWebgpu(): Promise<Backend> {
  throw new DeviceError({ where: 'abacus/webgpu', got: 'no beads', want: 'wooden ones' });
}
