import type { AvgPool2dOptions, Conv2dOptions, LayerBuilder, PoolOptions, Value } from '@strata/core';
import fc from 'fast-check';

/** A layer on some input; printed when a property fails. */
export interface Layer {
  readonly [fc.toStringMethod]: () => string;
  build(layers: LayerBuilder): Value;
}

const size = (min: number, max: number) => fc.integer({ min, max });
const pair = (min: number, max: number) => fc.tuple(size(min, max), size(min, max));
const pictures = fc.tuple(size(1, 3), size(1, 7), size(3, 9), size(4, 11));
const padding = fc.tuple(size(0, 2), size(0, 2), size(0, 2), size(0, 2));

/** Any groups, depthwise among them; windows that need not be square; dilation and stride together. */
export const conv2d: fc.Arbitrary<Layer> = fc
  .record({
    batch: size(1, 3),
    groups: fc.constantFrom(1, 1, 2, 3),
    perGroup: size(1, 4),
    filtersPerGroup: size(1, 5),
    spatial: pair(5, 11),
    window: pair(1, 3),
    stride: pair(1, 3),
    dilation: pair(1, 2),
    padding,
    bias: fc.boolean(),
    relu: fc.boolean(),
  })
  .map(({ batch, groups, perGroup, filtersPerGroup, spatial, relu, ...window }) => {
    const options: Conv2dOptions = {
      ...window,
      groups,
      filters: groups * filtersPerGroup,
      ...(relu ? { activation: 'relu' } : {}),
    };
    const shape = [batch, groups * perGroup, ...spatial];
    return layer(`conv2d ${JSON.stringify({ shape, ...options })}`, (layers) =>
      layers.conv2d('y', layers.input('x', shape), options),
    );
  });

const pool = fc.record({
  shape: pictures,
  window: pair(1, 3),
  stride: pair(1, 3),
  padding,
  dilation: fc.oneof(fc.constant<[number, number]>([1, 1]), pair(1, 2)),
  rounding: fc.constantFrom('floor', 'ceil'),
});

/** Padding stays below the window's reach, so that no window lies wholly in it. */
export const maxPool2d: fc.Arbitrary<Layer> = pool.map(({ shape, ...drawn }) => {
  const options: PoolOptions = { ...drawn, padding: lessThanWindow(drawn) };
  return layer(`maxPool2d ${JSON.stringify({ shape, ...options })}`, (layers) =>
    layers.maxPool2d('y', layers.input('x', shape), options),
  );
});

export const avgPool2d: fc.Arbitrary<Layer> = fc
  .tuple(pool, fc.boolean())
  .map(([{ shape, ...drawn }, countPadding]) => {
    const options: AvgPool2dOptions = { ...drawn, countPadding, padding: lessThanWindow(drawn) };
    return layer(`avgPool2d ${JSON.stringify({ shape, ...options })}`, (layers) =>
      layers.avgPool2d('y', layers.input('x', shape), options),
    );
  });

export const globalAvgPool: fc.Arbitrary<Layer> = pictures.map((shape) =>
  layer(`globalAvgPool ${shape}`, (layers) => layers.globalAvgPool('y', layers.input('x', shape))),
);

export const lrn: fc.Arbitrary<Layer> = fc
  .record({
    shape: pictures,
    size: size(1, 6),
    alpha: fc.constantFrom(0, 1e-4, 0.02, 1),
    beta: fc.constantFrom(0.5, 0.75, 1),
    k: fc.constantFrom(0.5, 1, 2),
  })
  .map(({ shape, ...options }) =>
    layer(`lrn ${JSON.stringify({ shape, ...options })}`, (layers) =>
      layers.lrn('y', layers.input('x', shape), options),
    ),
  );

const anyShape = fc.array(size(1, 4), { minLength: 1, maxLength: 6 });

export const relu: fc.Arbitrary<Layer> = anyShape.map((shape) =>
  layer(`relu ${shape}`, (layers) => layers.relu('y', layers.input('x', shape))),
);

export const dropout: fc.Arbitrary<Layer> = anyShape.map((shape) =>
  layer(`dropout ${shape}`, (layers) => layers.dropout('y', layers.input('x', shape), { rate: 0.4 })),
);

export const softmax: fc.Arbitrary<Layer> = withAxis(anyShape).map(([shape, axis]) =>
  layer(`softmax ${shape} on axis ${axis}`, (layers) => layers.softmax('y', layers.input('x', shape), { axis })),
);

export const concat: fc.Arbitrary<Layer> = fc
  .tuple(withAxis(anyShape), fc.array(size(1, 3), { minLength: 1, maxLength: 3 }))
  .map(([[shape, axis], sizes]) =>
    layer(`concat ${shape} on axis ${axis}, sizes ${sizes}`, (layers) => {
      const inputs = sizes.map((along, index) =>
        layers.input(
          `x${index}`,
          shape.map((old, at) => (at === axis ? along : old)),
        ),
      );
      return layers.concat('y', inputs, { axis });
    }),
  );

export const flatten: fc.Arbitrary<Layer> = anyShape
  .chain((shape) => fc.tuple(fc.constant(shape), size(0, shape.length)))
  .map(([shape, axis]) =>
    layer(`flatten ${shape} at ${axis}`, (layers) => layers.flatten('y', layers.input('x', shape), { axis })),
  );

/** Two shapes that broadcast: axes of size 1 or missing on either side, also against a parameter. */
export const add: fc.Arbitrary<Layer> = fc
  .tuple(fc.array(fc.tuple(size(2, 4), size(0, 3)), { minLength: 1, maxLength: 6 }), size(0, 3), fc.boolean())
  .map(([axes, dropped, parameter]) => {
    const a = axes.map(([along, kind]) => (kind === 1 ? 1 : along));
    const b = axes.map(([along, kind]) => (kind === 2 ? 1 : along)).slice(Math.min(dropped, axes.length - 1));
    return layer(`add ${a} + ${parameter ? 'parameter ' : ''}${b}`, (layers) => {
      const right = parameter ? layers.parameter('b', b) : layers.input('b', b);
      const left = layers.input('a', a);
      return axes.length % 2 === 0 ? layers.add('y', left, right) : layers.add('y', right, left);
    });
  });

export const linear: fc.Arbitrary<Layer> = fc
  .record({
    shape: fc.tuple(size(1, 5), size(1, 70)),
    features: size(1, 20),
    bias: fc.boolean(),
    relu: fc.boolean(),
  })
  .map(({ shape, features, bias, relu: active }) =>
    layer(`linear ${shape} → ${features}, bias ${bias}, relu ${active}`, (layers) =>
      layers.linear('y', layers.input('x', shape), { features, bias, ...(active ? { activation: 'relu' } : {}) }),
    ),
  );

/** After an input, not a convolution: nothing to fold it into. */
export const batchNorm: fc.Arbitrary<Layer> = fc
  .array(size(1, 4), { minLength: 2, maxLength: 5 })
  .map((shape) => layer(`batchNorm ${shape}`, (layers) => layers.batchNorm('y', layers.input('x', shape))));

function withAxis(shapes: fc.Arbitrary<number[]>): fc.Arbitrary<[shape: number[], axis: number]> {
  return shapes.chain((shape) => fc.tuple(fc.constant(shape), size(0, shape.length - 1)));
}

function lessThanWindow({
  window: [rows, columns],
  padding: [top, left, bottom, right],
}: {
  window: [number, number];
  padding: [number, number, number, number];
}): [number, number, number, number] {
  return [
    Math.min(top, rows - 1),
    Math.min(left, columns - 1),
    Math.min(bottom, rows - 1),
    Math.min(right, columns - 1),
  ];
}

function layer(text: string, build: Layer['build']): Layer {
  return { build, [fc.toStringMethod]: () => text };
}
