import { convChoices, gaussian } from './choices.js';
import { type Law, plain } from './law.js';
import { modelOn } from './model.js';

export const mulLaws: readonly Law[] = [
  {
    name: 'mul of a conv2d by powers of two is conv2d with scaled weights',
    ops: ['mul', 'conv2d'],
    cases: convChoices.map(({ seed, channels, filters, height, width }) => {
      const x = gaussian([1, channels, height, width], seed);
      const weight = gaussian([filters, channels, 1, 1], seed + 1);
      const factor = {
        ...gaussian([filters, 1, 1], seed),
        data: Float32Array.from({ length: filters }, (_, i) => 2 ** ((i % 5) - 2)),
      };
      const scaled = { ...weight, data: weight.data.map((value, i) => value * factor.data[Math.floor(i / channels)]) };
      const options = { filters, window: 1, bias: false } as const;
      const left = modelOn(x, { 'conv.weight': weight, factor }, (layers, value) =>
        layers.mul('y', layers.conv2d('conv', value, options), layers.parameter('factor', [filters, 1, 1])),
      );
      const right = modelOn(x, { 'conv.weight': scaled }, (layers, value) => layers.conv2d('conv', value, options));
      return { left: plain(left), right: plain(right) };
    }),
  },
];
