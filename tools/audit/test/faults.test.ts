import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openChecker } from '@strata/conformance';
import { type Backend, type DeviceTensor, InputError, type Tensor } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { parseFault } from '../src/faults/fault.js';
import { findCatch } from '../src/faults/find-catch.js';
import { check, judgeFault } from '../src/faults/judge-fault.js';
import { loadFaults } from '../src/faults/load.js';
import { openScratch } from '../src/faults/scratch.js';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const faults = await loadFaults();

describe('the planted faults', () => {
  it('are at least 60, with different titles on the same device', () => {
    expect(faults.length).toBeGreaterThanOrEqual(60);
    const titles = faults.map(({ fault: { title, files } }) => `${files.join()}: ${title}`);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it.each(faults)('$fault.name applies to the sources as they are', ({ fault, patchFile }) => {
    expect(fault.ops.length * fault.devices.length + fault.tests.length).toBeGreaterThan(0);
    for (const test of fault.tests) expect(existsSync(join(repository, test)), test).toBe(true);
    // Throws with git's own words when a hunk has no place.
    execFileSync('git', ['apply', '--check', patchFile], { cwd: repository, stdio: 'pipe' });
  });
});

it('builds a copy of the sources that passes, and notices a fault that is planted in it', async () => {
  const found = faults.find(({ fault: { name } }) => name === 'core-fold-beta-lost');
  if (found === undefined) throw new Error('no fault of that name');
  const scratch = await openScratch(repository);
  try {
    const devices = found.fault.devices.filter((device) => device.endsWith('/js'));
    expect(await check(scratch, { ...found.fault, devices }, 1)).toMatchObject({ kind: 'survived' });
    const { outcome } = await judgeFault(scratch, { ...found.fault, devices }, found.patchFile, 1);
    expect(outcome).toMatchObject({ kind: 'caught', by: 'batchNorm' });
    const unsound = new Set(devices);
    const unjudged = await judgeFault(scratch, { ...found.fault, devices }, found.patchFile, 1, unsound);
    expect(unjudged.outcome).toEqual({ kind: 'not judged', reason: 'its controls failed' });
  } finally {
    await scratch.remove();
  }
});

describe('a patch', () => {
  const header = (ops: string, devices: string) =>
    `# title: t\n# ops: ${ops}\n# devices: ${devices}\n+++ b/packages/x/y`;

  it('names its title, ops, devices and files', () => {
    const { title, ops, devices, files } = parseFault('f', header('lrn, graph', 'tfjs/js, onnx/wasm'));
    expect({ title, ops, files }).toEqual({ title: 't', ops: ['lrn', 'graph'], files: ['packages/x/y'] });
    expect(devices).toEqual(['tfjs/js', 'onnx/wasm']);
  });

  it('is refused where its header is wrong', () => {
    expect(() => parseFault('f', header('lrm', 'tfjs/js'))).toThrow("f: op 'lrm', want conv2d");
    expect(() => parseFault('f', header('lrn', 'tfjs/webgpu'))).toThrow("f: device 'tfjs/webgpu', want onnx/native");
    expect(() => parseFault('f', '+++ b/packages/x/y')).toThrow(InputError);
    expect(() => parseFault('f', '# title: nothing')).toThrow('want a unified diff');
  });
});

describe('the search for what catches a fault', () => {
  it('finds nothing on the reference', async () => {
    expect(await findCatch(await openChecker(async () => createReferenceBackend()), ['relu'], 1)).toBeUndefined();
  });

  it('finds a relu that lets −0.5 pass at a trial of relu, and sums that are 1 in 4,096 too large at one of linear', async () => {
    const leaky = withOutputs((value) => (value === 0 ? -0.5 : value));
    expect(await findCatch(await openChecker(async () => leaky), ['relu'], 1)).toMatchObject({ by: 'relu' });
    const rough = withOutputs((value) => value * (1 + 2 ** -12));
    expect(await findCatch(await openChecker(async () => rough), ['linear'], 1)).toMatchObject({ by: 'linear' });
  });

  it('counts an op that the device refuses as a failure', async () => {
    const right = createReferenceBackend();
    const refusing = { ...right, findGaps: () => [{ node: 'n', op: 'relu', reason: 'not today' }] } satisfies Backend;
    expect(await findCatch(await openChecker(async () => refusing), ['relu'], 1)).toEqual({ by: 'relu', trial: 0 });
  });
});

/** The reference, with all results changed. */
function withOutputs(change: (value: number) => number): Backend {
  const right = createReferenceBackend();
  return {
    ...right,
    async compile(...given) {
      const executable = await right.compile(...given);
      return {
        ...executable,
        async run(...inputs) {
          const outputs = await executable.run(...inputs);
          return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, spoil(value, change)]));
        },
      };
    },
  };
}

function spoil(value: Tensor | DeviceTensor, change: (value: number) => number): Tensor {
  if (!('data' in value)) throw new InputError({ where: 'test', got: 'a device tensor' });
  return { shape: value.shape, dtype: 'float32', data: Float32Array.from(value.data, change) };
}
