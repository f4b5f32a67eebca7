import { readFileSync } from 'node:fs';
import { type Backend, type Shape, type Tensor, tensor } from '@strata/core';
import { loadGoogLeNet } from '@strata/googlenet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenLimit } from '../../src/golden/check-golden.js';
import { nameTarget } from '../../src/targets.js';
import { presentTargets } from './present.js';

const folder = new URL('../../../../packages/formats/test/fixtures/', import.meta.url);

interface Samples {
  readonly absmax: number;
  readonly index: readonly number[];
  readonly value: readonly number[];
}

const files: Readonly<Record<string, { readonly input: Shape; readonly outputs: Readonly<Record<string, Samples>> }>> =
  JSON.parse(readFileSync(new URL('outputs.json', folder), 'utf8'));

/** Our names of what the files' programs call the outputs. */
const ourNames = new Map([
  ['prob', 'softmax'],
  ['logits', 'fc'],
  ['logits (transform_input)', 'fc'],
  ['loss1', 'aux1'],
  ['loss2', 'aux2'],
]);

/** The picture that the outputs were computed of. */
function picture([batch, channels, height, width]: Shape): Tensor {
  const data = new Float32Array(batch * channels * height * width);
  data.forEach((_, index) => {
    const [column, line] = [index % width, Math.floor(index / width)];
    const [row, plane] = [line % height, Math.floor(line / height)];
    data[index] = Math.sin(1 + Math.floor(plane / channels) + 2 * (plane % channels) + 0.1 * row + 0.07 * column);
  });
  return tensor([batch, channels, height, width], data);
}

function worstMiss({ data }: Tensor, { absmax, index, value }: Samples): number {
  return Math.max(...index.map((position, i) => Math.abs(data[position] - value[i]))) / absmax;
}

for (const target of await presentTargets('fast')) {
  describe(`files of other programs on ${nameTarget(target)}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await target.open();
    });
    afterAll(() => backend?.dispose());

    it.each(Object.entries(files))('%s computes what its program does', async (name, { input, outputs }) => {
      const auxiliary = Object.keys(outputs).some((output) => /^(aux|loss)/.test(output));
      for (const [output, samples] of Object.entries(outputs)) {
        // A state dict does not say it; an ONNX file does.
        const transformInput = output.includes('transform_input') ? { transformInput: true } : {};
        const weights = new URL(name, folder);
        const net = await loadGoogLeNet({ backend, weights, auxiliary, input: input.slice(1), ...transformInput });
        const ours = ourNames.get(output) ?? output;
        const values = await net.run(picture(input), { outputs: [ours] });
        expect(worstMiss(values[ours], samples), output).toBeLessThanOrEqual(goldenLimit);
        await net.dispose();
      }
    });
  });
}
