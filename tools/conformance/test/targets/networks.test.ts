import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Shape, tensor } from '@strata/core';
import { importOnnx } from '@strata/formats/onnx';
import { loadModel } from '@strata/googlenet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenLimit } from '../../src/golden/check-golden.js';
import { nameTarget } from '../../src/targets.js';
import { presentTargets } from './present.js';

/** A Python that has torchvision; Debian's is not always the first of the path. */
const python = ['python3', '/usr/bin/python3'].find(
  (candidate) => spawnSync(candidate, ['-c', 'import torchvision'], { stdio: 'ignore' }).status === 0,
);
if (python === undefined) console.log('not run: networks that torchvision exports (no Python with torchvision)');

/** Written by the script that the test runs. */
const names = [
  'squeezenet1_1',
  'resnet18',
  'mobilenet_v2',
  'mobilenet_v3_small',
  'shufflenet_v2_x0_5',
  'mnasnet0_5',
  'efficientnet_b0',
  'regnet_y_400mf',
] as const;

describe.skipIf(python === undefined)('networks that torchvision exports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-networks-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let written: Readonly<Record<string, { readonly input: Shape; readonly output: Shape }>> = {};
  beforeAll(() => {
    const script = resolve(import.meta.dirname, '../fixtures/export-networks.py');
    const said = execFileSync(python ?? '', [script, folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    written = JSON.parse(said.slice(said.lastIndexOf('\n{') + 1));
  });

  /** The numbers of a file, in memory of their own. */
  const bytesOf = (file: string) => Uint8Array.from(readFileSync(join(folder, file))).buffer;

  it.each(names)('%s is computed on every quick device as PyTorch does in float64', async (name) => {
    const { graph, weights, assumed } = importOnnx(bytesOf(`${name}.onnx`), { where: name });
    expect(assumed).toEqual([]);
    const { input, output } = written[name];
    const x = tensor([...input], new Float32Array(bytesOf(`${name}.x`)));
    const want = new Float64Array(bytesOf(`${name}.y`));
    const largest = want.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const target of await presentTargets('fast')) {
      const backend = await target.open();
      const executable = await backend.compile(graph, weights);
      const [{ shape, data }] = Object.values(await executable.run({ x }));
      expect(shape, nameTarget(target)).toEqual(output);
      const worst = want.reduce((most, value, i) => Math.max(most, Math.abs(data[i] - value)), 0);
      expect(worst / largest, nameTarget(target)).toBeLessThanOrEqual(goldenLimit);
      await executable.dispose();
      await backend.dispose();
    }
  });

  it('are classifiers of pictures, too', async () => {
    const [target] = await presentTargets('fast');
    const backend = await target.open();
    const net = await loadModel({ backend, model: join(folder, 'resnet18.onnx') });
    expect(net.inputShape).toEqual(written.resnet18.input.slice(1));
    const photo = resolve(import.meta.dirname, '../../../../packages/googlenet/samples/bag.png');
    const predictions = await net.classify(photo, { top: 20 });
    expect(predictions).toHaveLength(20);
    expect(predictions.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
    expect(net.assumed.map(({ about }) => about)).toEqual(['labels', 'preprocessing']);
    await net.dispose();
    await backend.dispose();
  });
});
