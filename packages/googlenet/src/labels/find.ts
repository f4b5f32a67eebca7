import { labelsOf } from '../checkpoints/metadata.js';
import { styleOf, type Variant } from '../network/variants.js';

/**
 * One label a class: those given, else the metadata's, else ImageNet's where a variant that was trained on it has all its
 * classes, else `class 0` … . Errors as `labelsOf`.
 */
export async function findLabels(
  variant: Variant,
  metadata: Readonly<Record<string, string>>,
  classes: number,
  given?: readonly string[],
): Promise<readonly string[]> {
  const unknown = given === undefined && metadata.labels === undefined;
  if (!unknown || !hasImageNetClasses(variant, classes)) return labelsOf(metadata, classes, given);
  // Loaded with the first network that needs them: a page that shows garments does without.
  return [...(await import('./imagenet.js')).imageNetLabels];
}

/** Whether so many classes are taken for ImageNet's 1,000. */
export function hasImageNetClasses(variant: Variant, classes: number): boolean {
  return classes === 1000 && styleOf(variant).classes === 1000;
}
