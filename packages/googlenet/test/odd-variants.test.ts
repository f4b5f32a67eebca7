import { InputError } from '@strata/core';
import { untyped } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../src/checkpoints/read-checkpoint.js';
import { buildGoogLeNet, constantsOf, preprocess, styleOf, translateWeights } from '../src/index.js';

const pixel = { data: new Uint8Array(4), width: 1, height: 1 };

describe.each(['constructor', '__proto__', 'toString', '', '0', 'resnet', 7, null])('the variant %j', (value) => {
  const variant = untyped(value);

  it.each([
    ['buildGoogLeNet', () => buildGoogLeNet(variant)],
    ['constantsOf', () => constantsOf(variant)],
    ['styleOf', () => styleOf(variant)],
    ['translateWeights', () => translateWeights(variant, {})],
    ['preprocess', () => preprocess(pixel, { variant, input: [1, 9, 9] })],
    ['readCheckpoint', () => readCheckpoint(undefined, variant)],
  ])('is refused by %s', async (_, work: () => unknown) => {
    const error = await (async () => work())().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toBe(`InputError: variant: '${value}', want seed, bvlc, torchvision, d2l`);
  });
});
