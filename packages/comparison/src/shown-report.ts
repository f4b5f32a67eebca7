import { asyncDispose, type Backend, inferConcreteShapes, nodesOf, type Precision } from '@strata/core';
import type { NetworkRun } from './model.js';
import { type ConvolutionShapes, mixesPixels } from './probe-convolution.js';
import { probePrecision } from './probe-precision.js';

/** Convolutions for which libraries choose other algorithms than the direct one. */
const likely: readonly ConvolutionShapes[] = [
  { picture: [1, 3, 12, 12], filters: [8, 3, 3, 3] },
  { picture: [1, 32, 28, 28], filters: [64, 32, 3, 3] },
  { picture: [2, 64, 14, 14], filters: [96, 64, 3, 3] },
  { picture: [1, 16, 28, 28], filters: [32, 16, 5, 5] },
];

/**
 * The backend with a report that its results bear out. What a report says widens the tolerance: that a library convolves
 * in another way, or computes in less than float32, is believed only where a probe shows it. Libraries choose their
 * algorithm by shape, so the convolutions of `network` are probed where there is one.
 */
export async function withShownReport(
  backend: Backend,
  network?: Pick<NetworkRun, 'graph' | 'inputs'>,
): Promise<Backend> {
  const { report } = backend;
  const claimsLess = report.precision !== 'float32';
  const claimsMixing = report.convolution !== 'direct';
  if (!claimsLess && !claimsMixing) return backend;
  const precision = claimsLess ? await narrower(backend) : report.precision;
  const convolutions = network === undefined ? likely : convolutionsOf(network);
  const convolution = claimsMixing && !(await mixesSome(backend, convolutions)) ? 'direct' : report.convolution;
  return {
    name: backend.name,
    device: backend.device,
    report: { ...report, precision, convolution },
    findGaps: (graph) => backend.findGaps(graph),
    compile: (...given) => backend.compile(...given),
    dispose: () => backend.dispose(),
    [asyncDispose]: () => backend.dispose(),
  };
}

/** The precision that the results show, unless the report says that they should be better. */
async function narrower(backend: Backend): Promise<Precision> {
  const { shown, declared, lies } = await probePrecision(backend);
  return lies ? declared : shown;
}

async function mixesSome(backend: Backend, convolutions: readonly ConvolutionShapes[]): Promise<boolean> {
  for (const shapes of convolutions) if (await mixesPixels(backend, shapes)) return true;
  return false;
}

/** Each of a network's kinds of convolution once; windows of one pixel mix none in any algorithm. */
function convolutionsOf({ graph, inputs }: Pick<NetworkRun, 'graph' | 'inputs'>): readonly ConvolutionShapes[] {
  const sizes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
  const shapes = inferConcreteShapes(graph, sizes);
  const found = nodesOf(graph, 'conv2d').flatMap(({ inputs: [x, weights], attributes }): ConvolutionShapes[] => {
    const [picture = [], filters = []] = [shapes.get(x), shapes.get(weights)];
    const { stride, padding, dilation, groups } = attributes;
    const [, , rows, columns] = filters;
    return rows * columns > 1 ? [{ picture, filters, attributes: { stride, padding, dilation, groups } }] : [];
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}
