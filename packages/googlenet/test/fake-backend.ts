import { type Backend, countElements, defineBackend, inferConcreteShapes, type Shape, type Tensor } from '@strata/core';

export interface FakeBackend {
  readonly backend: Backend;
  /** Shape of the picture input at each run, warm-ups left out. */
  readonly runs: Shape[];
  /** Outputs of each compilation. */
  readonly compiled: string[][];
  readonly released: string[][];
}

/**
 * A backend that computes nothing but shapes: the value of class c for a picture is the picture's first pixel where c is
 * its second pixel, else 0. Whatever is asked for besides holds the row's number.
 */
export function createFakeBackend(): FakeBackend {
  const runs: Shape[] = [];
  const compiled: string[][] = [];
  const released: string[][] = [];
  const backend = defineBackend({
    report: {
      backend: 'fake',
      device: 'js',
      library: { name: 'fake', version: '1.0.0' },
      software: false,
      precision: 'float32',
      convolution: 'unknown',
      passedOver: [],
      notTried: [],
    },
    gapOf: () => undefined,
    release: () => {},
    prepare: async ({ graph }) => {
      const outputs = [...graph.outputs];
      compiled.push(outputs);
      return {
        execute: async ({ picture }) => {
          runs.push(picture.shape);
          const shapes = inferConcreteShapes(graph, { picture: picture.shape });
          return Object.fromEntries(outputs.map((name) => [name, fill(shapes.get(name) ?? [], picture)]));
        },
        release: () => {
          released.push(outputs);
        },
      };
    },
  });
  return { backend, runs, compiled, released };
}

function fill(shape: Shape, picture: Tensor): Tensor {
  const [batch, ...rest] = shape;
  const size = countElements(rest);
  const step = picture.data.length / batch;
  const data = new Float32Array(countElements(shape));
  for (let row = 0; row < batch; row++) {
    if (shape.length === 2) data[row * size + picture.data[row * step + 1]] = picture.data[row * step];
    else data.fill(row, row * size, (row + 1) * size);
  }
  return { shape, dtype: 'float32', data };
}
