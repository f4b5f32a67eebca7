import type { Assumption } from '../checkpoints/assumption.js';
import { hasImageNetClasses } from '../labels/find.js';
import type { Variant } from '../network/variants.js';
import { assumedPreprocessing, type PreprocessingOptions } from '../preprocess/preprocessing.js';
import type { Preprocessing } from '../preprocess/preprocessing-types.js';

/** Parts of a `Preprocessing`. */
const allParts = 5;

/** What neither the weights' metadata nor the caller said of labels and pictures. */
export function assumedOfPictures({
  variant,
  classes,
  metadata,
  labels,
  pictureOptions,
  preprocessing,
}: {
  readonly variant: Variant;
  readonly classes: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly labels: readonly string[] | undefined;
  readonly pictureOptions: PreprocessingOptions;
  /** What came of all that; `undefined` for a network that takes tensors alone. */
  readonly preprocessing: Preprocessing | undefined;
}): Assumption[] {
  const assumed: Assumption[] = [];
  if (labels === undefined && metadata.labels === undefined) {
    const names = hasImageNetClasses(variant, classes) ? "ImageNet's" : `class 0 … class ${classes - 1}`;
    assumed.push({ about: 'labels', text: `labels are ${names}` });
  }
  const parts = preprocessing === undefined ? [] : assumedPreprocessing(pictureOptions, metadata);
  const about = 'preprocessing';
  if (parts.length === allParts) assumed.push({ about, text: `pre-processing is the ${variant} variant's` });
  else if (parts.length > 0) {
    assumed.push({ about, text: `${parts.join(', ')} of pre-processing are the ${variant} variant's` });
  }
  return assumed;
}
