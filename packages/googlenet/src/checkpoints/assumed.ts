import { styleOf, type Variant } from '../network/variants.js';
import type { Assumption } from './assumption.js';
import type { CheckpointChoices } from './choices.js';
import type { Examination } from './examine.js';
import type { Fit } from './fit.js';

/** What was found out, and what the caller said. */
interface Known extends Pick<Examination, 'facts' | 'told' | 'rank' | 'transformInput' | 'foreign' | 'byPlace'> {
  readonly fit: Fit;
  readonly choices: CheckpointChoices;
  readonly wanted: Variant | undefined;
}

/** What neither the file nor the caller said of the network. */
export function assumedOf({
  facts,
  told,
  rank,
  transformInput,
  foreign,
  byPlace,
  fit,
  choices,
  wanted,
}: Known): Assumption[] {
  const { variant, channels } = fit;
  const assumed: Assumption[] = [];
  if (wanted === undefined && told === undefined && !byPlace) {
    const other = rank().find((one) => one.variant !== variant);
    if (other !== undefined && other.likeness >= fit.likeness) {
      assumed.push({
        about: 'variant',
        text: `the ${variant} variant, though names and shapes fit ${other.variant} as well`,
      });
    }
  }
  if (foreign !== undefined) {
    assumed.push({ about: 'network', text: `weights by their names alone: the file's own network is ${foreign}` });
  }
  const { transform, input } = styleOf(variant);
  if (transform !== undefined && (choices.transformInput ?? transformInput) === undefined) {
    assumed.push({ about: 'transformInput', text: "transform_input is off, torchvision's default" });
  }
  if ((choices.input ?? facts.input) === undefined) {
    const size = [channels, ...input.slice(1)].join('×');
    assumed.push({ about: 'input', text: `pictures are ${size}, the ${variant} variant's size` });
  }
  return assumed;
}
