import type { Divergence, NetworkDifference, OfBoth, OutputAgreement, Place } from '@strata/comparison';

/** What `strata diff` found. */
export interface Comparison {
  readonly variant: string;
  /** `undefined` for variants that do not have it. */
  readonly transformInput: boolean | undefined;
  readonly picture: string;
  readonly backend: Opened;
  readonly other: Opened;
  readonly difference: NetworkDifference;
}

interface Opened {
  readonly name: string;
  readonly device: string;
}

/** `onnx/native`, and which is which where both have the same name. */
export function nameBoth({ backend, other }: Comparison): OfBoth<string> {
  const [first, second] = [backend, other].map(({ name, device }) => `${name}/${device}`);
  return first === second ? { first: `${first} (--backend)`, second: `${second} (--other)` } : { first, second };
}

/**
 * For programs: the two backends under the names of the options that chose them. Infinite shares become null in JSON.
 */
export function toJson({ variant, transformInput, picture, backend, other, difference }: Comparison): unknown {
  const { stages, outputs, firstDiverging } = difference;
  return {
    variant,
    ...(transformInput === undefined ? {} : { transformInput }),
    picture,
    backend,
    other,
    agree: firstDiverging === undefined,
    firstDiverging: firstDiverging === undefined ? null : divergenceToJson(firstDiverging),
    stages: stages.map(({ name, first, second, difference: apart }) => ({
      name,
      backend: first,
      other: second,
      difference: apart,
    })),
    outputs: outputs.map(({ name, first, second, between }) => ({
      name,
      backend: outputToJson(first),
      other: outputToJson(second),
      between: between.worst,
    })),
  };
}

const optionOf: Readonly<Record<Place, 'backend' | 'other'>> = { first: 'backend', second: 'other' };

function divergenceToJson({ stage, layer, scope, wrong, first, second }: Divergence): unknown {
  return { stage, layer, scope, wrong: wrong.map((place) => optionOf[place]), backend: first, other: second };
}

function outputToJson({ shipped, observed, betweenRuns }: OutputAgreement): unknown {
  return { shipped: shipped.worst, observed: observed.worst, betweenRuns: betweenRuns.worst };
}
