import type { Divergence, NetworkDifference, OfBoth } from '@strata/comparison';
import { type Agreement, formatDisagreement } from '@strata/core/reference';
import { coloursFor, type Io } from '../io.js';
import { type Comparison, nameBoth } from './comparison.js';

/**
 * One row for each stage, the result for the whole network, and one sentence that says where a backend first goes
 * wrong.
 */
export async function printComparison(comparison: Comparison, io: Io): Promise<void> {
  const { printTable } = await import('../output/table.js');
  const { variant, picture, difference } = comparison;
  const { red, green, dim } = coloursFor(io.stdout, io);
  const names = nameBoth(comparison);
  const share = (worst: number) => (worst > 1 ? red(formatShare(worst)) : formatShare(worst));
  printTable(
    [
      { title: 'stage' },
      { title: names.first, align: 'right' },
      { title: names.second, align: 'right' },
      { title: 'difference', align: 'right' },
    ],
    difference.stages.map((stage) => [
      stage.name,
      share(stage.first),
      share(stage.second),
      formatDifference(stage.difference),
    ]),
    io,
  );
  const { firstDiverging } = difference;
  const lines = [
    dim("errors as shares of each backend's own bound, above 1 is wrong; difference as a share of the largest value"),
    ...difference.outputs.map(({ name, first, second, between }) => {
      const ofBounds = `${share(first.shipped.worst)} and ${share(second.shipped.worst)} of its bound`;
      return `${name} of the whole network, as shipped: ${ofBounds}, apart by ${share(between.worst)} of both together`;
    }),
    dim(`${variant} on ${picture}`),
    ...(firstDiverging === undefined
      ? [green(`they agree: ${names.first} and ${names.second} are within their bounds at every stage`)]
      : [red(describeDivergence(difference, firstDiverging, names)), ...listElements(firstDiverging, names).map(dim)]),
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
}

function describeDivergence(
  { outputs }: NetworkDifference,
  { stage, layer, scope, wrong, ...agreements }: Divergence,
  names: OfBoth<string>,
): string {
  const who = wrong.map((place) => `${names[place]} (${describeExcess(agreements[place])})`).join(' and ');
  if (scope === 'layer') return `first diverging stage: ${stage} on ${who}${layer === stage ? '' : `, in ${layer}`}`;
  const alone = `every stage is right by itself, but ${layer} of the whole network`;
  if (wrong.length > 0) return `${alone} diverges on ${who}`;
  const apart = outputs.find(({ name }) => name === layer)?.between.worst ?? 0;
  return `${alone} differs between the two (${formatShare(apart)} × the sum of their bounds)`;
}

/** By how much the worst element is outside its bound; infinite for a NaN, and where nothing is allowed. */
function describeExcess({ worst, worstElements: [element] }: Agreement): string {
  if (Number.isFinite(worst)) return `${formatShare(worst)} × its bound`;
  return element?.tolerance === 0 ? `${element.got} where its bound is 0` : `a value of ${element?.got}`;
}

/** The worst elements of the layer where the backends part. */
function listElements({ layer, wrong, ...agreements }: Divergence, names: OfBoth<string>): string[] {
  return wrong.map((place) => formatDisagreement(agreements[place], `${layer} on ${names[place]}`));
}

function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '∞';
  return share > 1 ? String(Number(share.toPrecision(3))) : share.toFixed(3);
}

function formatDifference(share: number): string {
  if (share === 0) return '0';
  return Number.isFinite(share) ? share.toExponential(1) : '∞';
}
