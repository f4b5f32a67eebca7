import { type Backend, createRandom, LayerBuilder, type NodeOf, type Shape, type Tensor } from '@strata/core';
import { interpret, type Judged } from '@strata/core/reference';
import { runOnce } from './probe-precision.js';

/** A convolution by its shapes: pictures NCHW, filters OIHW. */
export interface ConvolutionShapes {
  readonly picture: Shape;
  readonly filters: Shape;
  /** Stride, padding, dilation, groups; a direct neighbour of each pixel by default, at the picture's own size. */
  readonly attributes?: Pick<NodeOf<'conv2d'>['attributes'], 'stride' | 'padding' | 'dilation' | 'groups'>;
}

/**
 * Whether a backend computes this convolution by an algorithm that mixes pixels of different windows, as Winograd's and
 * Fourier's do. One pixel in the middle becomes a million times larger: results whose window does not hold it stay the
 * same in exact arithmetic, and change by no more than rounding where each window is summed on its own.
 */
export async function mixesPixels(backend: Backend, shapes: ConvolutionShapes): Promise<boolean> {
  const { picture, filters } = shapes;
  const calm = drawUniform(picture, 'picture');
  const weight = drawUniform(filters, 'filters');
  const [loud, weights] = [raiseMiddle(calm), { 'conv.weight': weight }];
  const graph = graphOf(shapes);
  if (backend.findGaps(graph).length > 0) return false;
  const judge = (x: Tensor): Judged | undefined =>
    interpret(graph, weights, { x }, { profile: backend.report.precision }).get('conv');
  const [judgedCalm, judgedLoud] = [judge(calm), judge(loud)];
  if (judgedCalm === undefined || judgedLoud === undefined) return false;
  const [gotCalm, gotLoud] = [
    await runOnce(backend, graph, weights, calm),
    await runOnce(backend, graph, weights, loud),
  ];
  return gotCalm.data.some((value, i) => {
    if (judgedCalm.value[i] !== judgedLoud.value[i]) return false;
    const moved = Math.abs(gotLoud.data[i] - value);
    return !(moved <= judgedCalm.tolerance[i] + judgedLoud.tolerance[i]);
  });
}

function graphOf({ picture, filters: [out, , rows, columns], attributes }: ConvolutionShapes) {
  const layers = new LayerBuilder();
  const options = attributes ?? { padding: rows >> 1 };
  const x = layers.input('x', picture);
  return layers.build([layers.conv2d('conv', x, { filters: out, window: [rows, columns], bias: false, ...options })]);
}

function drawUniform(shape: Shape, key: string): Tensor {
  const random = createRandom(key);
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, dtype: 'float32', data: Float32Array.from({ length: count }, () => 2 * random.uniform() - 1) };
}

/** The pixel in the middle of every channel times 2²⁰. */
function raiseMiddle({ shape, dtype, data }: Tensor): Tensor {
  const [, , height, width] = shape;
  const middle = (height >> 1) * width + (width >> 1);
  return { shape, dtype, data: data.map((value, i) => (i % (height * width) === middle ? value * 2 ** 20 : value)) };
}
