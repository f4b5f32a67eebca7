import { describe, expect, it } from 'vitest';
import { openCaffe } from '../../src/caffe/index.js';
import { caffeOf, type WrittenBlob, type WrittenLayer } from '../support/caffe-of.js';
import { countOpenedWhenCut, damage } from '../support/damage.js';

const weight: WrittenBlob = {
  ...{ shape: [2, 1, 1, 3], values: [1, 2, 3, 4, 5, 6] },
  ...{ legacy: true, double: false, packed: true },
};
const bias: WrittenBlob = { shape: [2], values: [-1, 1], legacy: false, double: true, packed: false };

const layers: readonly WrittenLayer[] = [
  { name: 'data', type: 'Data', number: 5, bottoms: [], tops: ['data', 'label'], blobs: [] },
  { name: 'conv', type: 'Convolution', number: 4, bottoms: ['data'], tops: ['conv'], blobs: [weight, bias] },
];

describe.each(['current', 'v1'] as const)('a damaged Caffe model (%s)', (format) => {
  const bytes = caffeOf('net', layers, format);

  it('that is cut anywhere is refused, but between two layers', () => {
    expect(openCaffe(bytes).tensors.size).toBe(2);
    expect(countOpenedWhenCut(bytes, openCaffe)).toBeLessThanOrEqual(2);
  });

  it('gives a WeightsError or a network, and nothing else', () => {
    damage(bytes, openCaffe, 3000);
  });
});

describe('a Caffe model of too many layers', () => {
  it('is refused at once', () => {
    const layer = caffeOf('', [{ ...layers[0], name: '', tops: ['a'] }], 'current');
    const bytes = new Uint8Array(layer.length * 200_000);
    for (let at = 0; at < bytes.length; at += layer.length) bytes.set(layer, at);
    const began = process.cpuUsage();
    expect(() => openCaffe(bytes)).toThrow(/more parts than any network has/);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000);
  });
});
