import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import {
  type Counts,
  type MemoryModelName,
  type RepeatCounts,
  readFlag,
  readNumber,
  readRecord,
} from '@strata/conformance';
import { nameTarget, type Target } from '@strata/conformance/targets';
import type { WindowedFlatness } from './flatness.js';

/** What is done how often. */
export interface MemoryWork {
  readonly model: MemoryModelName;
  /** A step of `cycles` compiles, runs and disposes; one of `runs` makes five runs of one executable. */
  readonly mode: 'cycles' | 'runs';
  /** In each window; 20 at least. */
  readonly steps: number;
}

/** How a target's memory behaved. Plain data. */
export interface MemoryResult extends WindowedFlatness, RepeatCounts, MemoryWork {
  /** `backend/device`. */
  readonly target: string;
  /** Memory was flat, and as much is counted after the last step as before the first. */
  readonly passed: boolean;
}

/** Measures a target in a process of its own, where nothing else allocates. Node; needs the package to be built. */
export async function checkMemory(target: Target, work: MemoryWork): Promise<MemoryResult> {
  const child = fileURLToPath(new URL('../../dist/memory/child.js', import.meta.url));
  const name = nameTarget(target);
  const args = ['--expose-gc', child, name, work.model, work.mode, String(work.steps)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const read = readRecord(JSON.parse(stdout), 'memory: child');
  const number = (key: string) => readNumber(read[key], key);
  const flat = readFlag(read.flat, 'flat');
  const [before, held, after] = ['before', 'held', 'after'].map((key) => readCounts(read[key], key));
  return {
    target: name,
    ...work,
    passed: flat && isDeepStrictEqual(before, after),
    flat,
    earlyBytes: number('earlyBytes'),
    lateBytes: number('lateBytes'),
    growthBytes: number('growthBytes'),
    windows: number('windows'),
    before,
    held,
    after,
  };
}

function readCounts(value: unknown, where: string): Counts {
  const counts = Object.entries(readRecord(value, where));
  return Object.fromEntries(counts.map(([name, count]) => [name, readNumber(count, name)]));
}
