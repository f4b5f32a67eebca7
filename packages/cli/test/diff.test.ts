import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialiseWeights } from '@strata/core';
import { writeSafetensors } from '@strata/formats/safetensors';
import { buildGoogLeNet } from '@strata/googlenet';
import { describe, expect, it } from 'vitest';
import { parseOther } from '../src/backends/parse-other.js';
import { readDiffPicture } from '../src/diff/picture.js';
import { makeFolder, withoutFolder } from './support/folder.js';
import { drawPng } from './support/png.js';
import { rewriteHeader, shippedWeights } from './support/safetensors.js';
import { fixture, ramp, strata, strataOn } from './support/strata.js';

const folder = makeFolder();
const at = (name: string) => join(folder, name);

// The reference takes many seconds for the pictures of 96×96 that the weights were trained on.
writeFileSync(
  at('seed.safetensors'),
  rewriteHeader(shippedWeights(), (header) => header.replace('1x96x96', '1x32x32')),
);
const small = ['--weights', at('seed.safetensors')];
const native = ['--backend', 'onnx', '--device', 'native'];
const damaged = fixture('damaged-backend.mjs');

/** Numbers, which differ from machine to machine, and the columns that they widen. */
function withoutNumbers(text: string): string {
  return text.replace(/ \d+(\.\d+(e-\d+)?)?/g, ' #').replace(/ {2,}/g, '  ');
}

describe('strata diff', { timeout: 240_000 }, () => {
  it("finds that two devices of one library agree on a shipped sample, and shows the reference's progress", async () => {
    const terminal = { isTTY: true, env: { NO_COLOR: '1' } };
    const { code, stdout, stderr } = await strataOn(terminal, 'diff', ...small, ...native, '--other', 'onnx/wasm');
    expect(code).toBe(0);
    expect(withoutNumbers(stdout)).toMatchSnapshot();
    expect(stderr).toMatch(/\d+ % · \d+\/\d+ steps of the reference/);
  });

  it('names the wrong backend, and the first stage and layer where it is wrong, in one JSON value', async () => {
    writeFileSync(at('boot.png'), drawPng());
    const words = ['diff', at('boot.png'), ...small, ...native, '--other', damaged, '--json'];
    const { code, stdout, stderr } = await strata(...words);
    const note = 'note: on onnx/wasm, for something is missing for native (npm install it)\n';
    expect({ code, stderr }).toEqual({ code: 1, stderr: note });
    const { stages, outputs, firstDiverging, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({
      variant: 'seed',
      picture: at('boot.png'),
      backend: { name: 'onnx', device: 'native' },
      other: { name: 'damaged', device: 'wasm' },
      agree: false,
    });
    const agreement = { checked: 208 * 2 * 2, failed: 0, worst: expect.any(Number), worstElements: expect.any(Array) };
    expect(firstDiverging).toEqual({
      stage: 'inception4a',
      layer: 'inception4a.branch2',
      scope: 'layer',
      wrong: ['other'],
      backend: agreement,
      other: { ...agreement, failed: expect.any(Number) },
    });
    expect(firstDiverging.other.worst).toBeGreaterThan(400);
    const share = expect.any(Number);
    expect(stages).toHaveLength(19);
    expect(stages[8]).toEqual({
      name: 'inception4a',
      backend: share,
      other: firstDiverging.other.worst,
      difference: share,
    });
    const runs = { shipped: share, observed: share, betweenRuns: share };
    expect(outputs).toEqual([{ name: 'fc', backend: runs, other: runs, between: share }]);
  });

  it('names gaps before anything runs', async () => {
    const graph = buildGoogLeNet('bvlc', { input: [3, 64, 64], classes: 10 });
    const weights = initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 1 });
    writeFileSync(
      at('bvlc.safetensors'),
      writeSafetensors(weights, { metadata: { variant: 'bvlc', input: '3x64x64' } }),
    );
    const words = ['diff', '--weights', at('bvlc.safetensors'), ...ramp, '--other', 'onnx/wasm', '--json'];
    const { code, stdout, stderr } = await strata(...words);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'UNSUPPORTED' } });
    expect(withoutFolder(stderr, folder)).toMatchSnapshot();
  });

  it('fails with one line where a picture or a device is missing', async () => {
    const missing = await strata('diff', ...small, ...native, '--other', 'onnx/wasm', at('missing.png'));
    expect({ ...missing, stderr: withoutFolder(missing.stderr, folder) }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: missing.png: no such file, want a picture file\n',
    });
    const webnn = await strata('diff', ...small, ...native, '--other', 'onnx/webnn');
    expect({ code: webnn.code, stdout: webnn.stdout }).toEqual({ code: 1, stdout: '' });
    expect(webnn.stderr).toMatch(/^error: onnx\/webnn: .+\n$/);
  });
});

it('draws noise where a variant has no sample', async () => {
  const { name, batch } = await readDiffPicture(
    undefined,
    { variant: 'torchvision', inputShape: [3, 20, 24], preprocessing: undefined },
    {},
  );
  expect({ name, shape: batch.shape }).toEqual({ name: 'noise, seed 1', shape: [1, 3, 20, 24] });
  expect(new Set(batch.data).size).toBeGreaterThan(400);
});

describe('parseOther', () => {
  it.each([
    ['onnx', { backend: 'onnx' }],
    ['tfjs/wasm', { backend: 'tfjs', device: 'wasm' }],
    [damaged, { backend: damaged }],
    [`${damaged}/gpu`, { backend: damaged, device: 'gpu' }],
    ['@strata/backend-onnx', { backend: '@strata/backend-onnx' }],
    // A sub-path of a package is a module of its own.
    ['@strata/backend-onnx/wasm', { backend: '@strata/backend-onnx/wasm' }],
    ['@strata/backend-onnx/native/fast', { backend: '@strata/backend-onnx/native', device: 'fast' }],
    ['./missing.mjs/gpu', { backend: './missing.mjs/gpu' }],
    ['onnx/', { backend: 'onnx/' }],
    ['', { backend: '' }],
  ])('%s', (word, want) => {
    expect(parseOther(word)).toEqual(want);
  });
});
