import { type Backend, InputError, isBackendModule } from '@strata/core';
import { backends, quickDevices } from './backends.js';
import type { BenchCase } from './cases.js';

/** Strata's side of a case. `DeviceError` when its library or device is not there. */
export async function openBackendOf(
  { backend, device }: Pick<BenchCase, 'backend' | 'device'>,
  threads: number,
): Promise<Backend> {
  const { package: name } = findBackend(backend);
  const here = quickDevices.find((one) => one.declaration.name === backend && one.device === device)?.threads;
  // TensorFlow's log is no result.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  for (const variable of here === 'option' ? [] : (here ?? [])) process.env[variable] = String(threads);
  const loaded: unknown = await import(name);
  if (!isBackendModule(loaded)) throw new InputError({ where: name, got: 'no createBackend', want: 'a backend' });
  return loaded.createBackend(here === 'option' ? { device, threads } : { device });
}

function findBackend(name: string) {
  const found = backends.find((declaration) => declaration.name === name);
  if (found !== undefined) return found;
  throw new InputError({ where: 'bench', got: `backend ${name}`, want: backends.map((one) => one.name).join(', ') });
}
