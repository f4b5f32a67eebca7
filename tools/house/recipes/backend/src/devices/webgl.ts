import { type Backend, DeviceError } from '@strata/core';

export async function openWebgl(): Promise<Backend> {
  throw new DeviceError({ where: 'abacus/webgl', got: 'no frame', want: 'one of wood' });
}
