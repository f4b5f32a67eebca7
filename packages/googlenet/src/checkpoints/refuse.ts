import {
  firstNonFinite,
  formatShape,
  type Graph,
  nodesOf,
  orderRows,
  ownValue,
  printable,
  sameShape,
  type Weights,
  WeightsError,
} from '@strata/core';
import { isVariant, type Variant, variantNames } from '../network/variants.js';
import type { Examination } from './examine.js';
import { type Fit, fitTo, isOfHead, type Misfit } from './fit.js';
import { checkpointSources, ownSources } from './sources.js';

/**
 * The fit to read a file by. Where nobody knows a name, that of what caller or metadata say, else of the seed variant.
 * `WeightsError` for weights of another variant than the wanted one, and for metadata that name one which is not known.
 */
export function fitOf(examination: Examination, wanted: Variant | undefined, where: string): Fit {
  const { fit, rank, facts, tensors } = examination;
  if (wanted !== undefined) refuseOtherVariant(rank, fit, wanted, where);
  const { variant = 'seed' } = facts;
  const own = fit === undefined || ownSources.includes(fit.source);
  if (wanted === undefined && own && !isVariant(variant)) {
    throw new WeightsError({
      where: `${where}: metadata 'variant'`,
      got: `'${variant}'`,
      want: variantNames.join(', '),
      hint: 'name the variant yourself',
    });
  }
  if (fit !== undefined) return fit;
  const meant = wanted ?? variant;
  const [first] = ownSources;
  const shapes = new Map([...tensors].map(([name, { shape }]) => [name, shape]));
  return fitTo(ownSources.find((source) => source.variant === meant) ?? first, shapes);
}

function refuseOtherVariant(rank: Examination['rank'], fit: Fit | undefined, wanted: Variant, where: string): void {
  if (fit?.variant === wanted && fit.likeness === 1) return;
  const [best] = rank();
  if (best === undefined || best.variant === wanted) return;
  if (fit?.variant === wanted && fit.likeness >= best.likeness) return;
  throw new WeightsError({
    where,
    got: ownSources.includes(best.source) ? `tensors of the ${best.variant} variant` : `names of ${best.source.name}`,
    want: `weights of the ${wanted} variant`,
    hint: `these are for the ${best.variant} variant`,
  });
}

/** `WeightsError` when two tensors of the file would be the same one of the network. */
export function refuseTwins({ parameters }: Pick<Fit, 'parameters'>, where: string): void {
  const origins = new Map<string, string>();
  for (const [theirs, ours] of parameters) {
    const earlier = origins.get(ours);
    if (earlier !== undefined) {
      throw new WeightsError({ where, got: `both '${earlier}' and '${theirs}'`, want: `one tensor for ${ours}` });
    }
    origins.set(ours, theirs);
  }
}

/**
 * One `WeightsError` that lists every missing, surplus and misshapen tensor by the file's own names; those of auxiliary
 * heads only where these are wanted.
 */
export function refuseMisfits(examination: Examination, read: Fit, where: string, auxiliary: boolean): void {
  const { fit, prefix, rank, tensors, foreign } = examination;
  const { variant, source, parameters } = read;
  const counts = ({ name }: Misfit) => auxiliary || !isOfHead(source.parameters.get(name) ?? name);
  const [missing, surplus, misshapen] = [read.missing, read.surplus, read.misshapen].map((list) => list.filter(counts));
  const all = orderRows([misshapen, missing, surplus]);
  const [first] = all;
  if (first === undefined) return;
  const kinds = [
    [missing, 'missing'],
    [surplus, 'surplus'],
    [misshapen, 'of another shape'],
  ] as const;
  const which = kinds.flatMap(([list, kind]) => (list.length === 0 ? [] : [`${list.length} ${kind}`])).join(', ');
  const rows = all.map(({ name, got, want }) => [
    printable(tensors.get(name)?.fileName ?? `${prefix}${name}`),
    got === undefined ? 'missing' : formatShape(got),
    want === undefined ? 'none' : formatShape(want),
  ]);
  const [[name, got, want]] = rows;
  const what = all.length === 1 ? `${name} is ${got === 'missing' ? got : `of ${got}`} (want ${want})` : which;
  const of = parameters.size + missing.length;
  const names = ownSources.includes(source) ? '' : ` with the names of ${source.name}`;
  if (foreign !== undefined) {
    throw new WeightsError({
      where,
      got: foreign,
      want: `the network of a variant: ${variantNames.join(', ')}`,
      hint: 'it is a model of its own, and no file of weights for one of these',
    });
  }
  throw new WeightsError({
    where,
    got:
      fit === undefined
        ? describeUnknown([...tensors.values()].map(({ fileName }) => fileName))
        : `${all.length} of ${of} tensors do not fit: ${what}`,
    want: `the ${variant} variant${names}`,
    hint: fit === undefined ? wrapped([...tensors.keys()]) : (mixedWith(surplus, read) ?? runnerUp(rank(), read)),
    ...(all.length === 1 ? {} : { table: { columns: ['name', 'got', 'want'], rows } }),
  });
}

/** One `WeightsError` that lists every tensor with a value that is not finite, by the file's own names. */
export function refuseFlaws(weights: Weights, { tensors }: Examination, { parameters }: Fit, where: string): void {
  const rows = [...parameters].flatMap(([name, ours]) => {
    const tensor = ownValue(weights, ours);
    const flaw = tensor === undefined || tensor.dtype !== 'float32' ? -1 : firstNonFinite(tensor);
    if (tensor === undefined || flaw === -1) return [];
    return [[printable(tensors.get(name)?.fileName ?? name), `${tensor.data[flaw]} at element ${flaw}`]];
  });
  const [first] = rows;
  if (first === undefined) return;
  throw new WeightsError({
    where,
    got: rows.length === 1 ? `${first[0]}: ${first[1]}` : `${rows.length} tensors with values that are not finite`,
    want: 'finite values',
    ...(rows.length === 1 ? {} : { table: { columns: ['name', 'got'], rows } }),
  });
}

/** Names that nobody knows, the first few. */
function describeUnknown(names: readonly string[]): string {
  const first = names.slice(0, 3).map((name) => `'${printable(name).slice(0, 40)}'`);
  if (first.length === 0) return 'no tensors';
  const count = names.length === 1 ? 'one tensor of a name' : `${names.length} tensors of names`;
  return `${count} that nobody knows (${first.join(', ')}${names.length > 3 ? ' …' : ''})`;
}

/** Whose names most of these are behind a first part that they share, `student.`, which no wrapper known here puts there. */
function wrapped(names: readonly string[]): string | undefined {
  const behind = new Map<string, string[]>();
  for (const name of names) {
    const part = name.slice(0, name.indexOf('.') + 1);
    const rest = behind.get(part) ?? [];
    rest.push(name.slice(part.length));
    behind.set(part, rest);
  }
  const [most] = [...behind].sort(([, a], [, b]) => b.length - a.length);
  if (most === undefined || most[0] === '') return undefined;
  const [part, rest] = most;
  const known = checkpointSources.find(
    ({ parameters }) => rest.filter((name) => parameters.has(name)).length > rest.length / 2,
  );
  if (known === undefined) return undefined;
  return `behind '${printable(part).slice(0, 40)}' stand names of ${known.name}: save them without it, and nothing beside them`;
}

/**
 * `WeightsError` where auxiliary heads are of another picture than the network: Caffe's pool gives as many cells as fit in.
 */
export function refuseHeadsOfOtherSize(
  graph: Graph,
  weights: Weights,
  { tensors }: Examination,
  { parameters }: Fit,
): void {
  for (const { name, attributes } of nodesOf(graph, 'parameter')) {
    const got = /^aux[12]\.fc1\.weight$/.test(name) ? ownValue(weights, name)?.shape : undefined;
    if (got === undefined || sameShape(got, attributes.shape)) continue;
    const [theirs = name] = [...parameters].flatMap(([other, ours]) => (ours === name ? [other] : []));
    throw new WeightsError({
      where: tensors.get(theirs)?.fileName ?? theirs,
      got: formatShape(got),
      want: `${formatShape(attributes.shape)} for pictures of this size`,
      hint: 'give the input that the auxiliary heads were trained with, or load without them',
    });
  }
}

/** Whose names those are that the network does not have. */
function mixedWith(surplus: readonly Misfit[], { variant }: Fit): string | undefined {
  for (const { name } of surplus) {
    const other = checkpointSources.find((source) => source.variant !== variant && source.parameters.has(name));
    if (other !== undefined) return `'${name}' is a name of the ${other.variant} variant (${other.name})`;
  }
  return undefined;
}

function runnerUp(fits: readonly Fit[], { variant }: Fit): string | undefined {
  const other = fits.find((fit) => fit.variant !== variant);
  return other && `the next likest is ${other.variant}, of which ${Math.floor(100 * other.likeness)} % fit`;
}
