import { type Backend, DeviceError, LayerBuilder, messageOf, tensor } from '@strata/core';
import { openChosenBackend } from '../backends/open-chosen.js';

/** What to look for. */
export interface ProbeWords {
  readonly backend: string;
  readonly device: string;
  readonly threads?: number;
}

/** One row of `strata devices`. Absent values are `null`, so that every row has the same keys. */
export interface DeviceStatus {
  readonly backend: string;
  readonly device: string;
  readonly available: boolean;
  /** Why it is not available, and what to do. */
  readonly reason: string | null;
  /** What would bring it, where only a part that can be had is missing. */
  readonly missing: string | null;
  readonly adapter: string | null;
  /** The library that computes, with its version, and the driver's where it tells. */
  readonly version: string | null;
  /** Whether a GPU API is run by software on the CPU. */
  readonly software: boolean | null;
}

/**
 * Opens a device, runs a small convolution on it, and closes it. If anything fails, that is the reason why it is
 * unavailable.
 */
export async function probeDevice(words: ProbeWords): Promise<DeviceStatus> {
  let backend: Backend | undefined;
  try {
    backend = await openChosenBackend(words);
    await checkArithmetic(backend);
    const { backend: name, device, adapter, library, driver, software } = backend.report;
    const version = `${library.name} ${library.version}${driver === undefined ? '' : ` (${driver})`}`;
    return {
      backend: name,
      device,
      available: true,
      reason: null,
      missing: null,
      adapter: adapter ?? null,
      version,
      software,
    };
  } catch (error) {
    return unavailable(words, messageOf(error), error instanceof DeviceError ? (error.missing ?? null) : null);
  } finally {
    await backend?.dispose();
  }
}

export function unavailable(
  { backend, device }: Pick<ProbeWords, 'backend' | 'device'>,
  why: string,
  missing: string | null = null,
): DeviceStatus {
  // The row already says where.
  const here = `${backend}/${device}: `;
  const reason = why.startsWith(here) ? why.slice(here.length) : why;
  return { backend, device, available: false, reason, missing, adapter: null, version: null, software: null };
}

/** A library that loads may still not compute: 2×2 ones over 1…9, sums that float32 and even half hold exactly. */
async function checkArithmetic({ name, device, compile }: Backend): Promise<void> {
  const layers = new LayerBuilder();
  const x = layers.input('x', [1, 1, 3, 3]);
  const graph = layers.build([layers.conv2d('sums', x, { filters: 1, window: 2, bias: false })]);
  const executable = await compile(graph, { 'sums.weight': tensor([1, 1, 2, 2], [1, 1, 1, 1]) });
  try {
    const { sums } = await executable.run({ x: tensor([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]) });
    const got = sums.data.join(', ');
    if (got === '12, 16, 24, 28') return;
    throw new DeviceError({ where: `${name}/${device}`, got: `2×2 sums ${got}`, want: '12, 16, 24, 28' });
  } finally {
    await executable.dispose();
  }
}
