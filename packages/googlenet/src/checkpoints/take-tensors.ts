import { InputError, type Shape, type Tensor, type Weights, WeightsError } from '@strata/core';
import { constantsOf, isConstant } from '../network/build.js';
import type { NetworkOptions } from '../network/options.js';
import { styleOf, type Variant } from '../network/variants.js';
import type { CheckpointChoices } from './choices.js';
import { skippedOf } from './describe.js';
import type { Examination } from './examine.js';
import { type Fit, isOfHead } from './fit.js';

/** The tensors of a file for the network that they have, and that network. */
export interface TakenTensors {
  readonly variant: Variant;
  readonly weights: Weights;
  readonly network: NetworkOptions;
  readonly classes: number;
  readonly skipped: readonly string[];
}

/** `InputError` for a choice that the variant does not have, `WeightsError` for heads that the file does not have. */
export function takeTensors(
  where: string,
  { tensors, facts, transformInput: told }: Examination,
  fit: Fit,
  choices: CheckpointChoices,
): TakenTensors {
  const { variant } = fit;
  const auxiliary = choices.auxiliary === true;
  const network: NetworkOptions = {
    ...fit.network,
    ...(auxiliary && { auxiliary }),
    input: inputOf(fit, choices.input ?? facts.input),
    transformInput: styleOf(variant).transform !== undefined && (choices.transformInput ?? told ?? false),
  };
  const [channels] = choices.input ?? [];
  if (channels !== undefined && fit.parameters.size > 0 && channels !== fit.channels) {
    throw new InputError({ where: 'input', got: `${channels} channels`, want: `${fit.channels}, as the weights have` });
  }
  if (choices.transformInput === true && styleOf(variant).transform === undefined) {
    throw new InputError({ where: 'transformInput', got: 'true', want: `false or nothing for the ${variant} variant` });
  }
  const constants = constantsOf(variant, network);
  if (auxiliary && !fit.heads) {
    const [head] = [...fit.source.parameters].flatMap(([name, ours]) => (isOfHead(ours) ? [name] : []));
    throw new WeightsError({ where, got: 'weights without auxiliary heads', want: `tensors such as '${head}'` });
  }
  const read = [...fit.parameters].flatMap(([name, ours]): [string, Tensor][] => {
    const wanted = isConstant(ours) ? Object.hasOwn(constants, ours) && !isOfHead(ours) : auxiliary || !isOfHead(ours);
    const tensor = tensors.get(name);
    return wanted && tensor !== undefined ? [[ours, tensor.read()]] : [];
  });
  const skipped = skippedOf(auxiliary ? { ...fit, parameters: new Map() } : fit);
  return {
    variant,
    weights: { ...constants, ...Object.fromEntries(read) },
    network,
    classes: fit.network.classes,
    skipped: skipped.map((name) => tensors.get(name)?.fileName ?? name),
  };
}

/** The size of pictures: as said, else the variant's; always with the weights' channels, where nothing was said. */
function inputOf({ variant, channels }: Fit, said: Shape | undefined): Shape {
  if (said?.length === 3 && said[0] !== channels) {
    throw new InputError({ where: 'input', got: `${said[0]} channels`, want: `${channels}, as the weights have` });
  }
  return said ?? [channels, ...styleOf(variant).input.slice(1)];
}
