import { InputError, type Shape, WeightsError } from '@strata/core';

/** [channels, height, width] that the metadata's `input` begins with (`1x96x96, grey …`); `undefined` without one. */
export function inputShapeOf(metadata: Readonly<Record<string, string>>): Shape | undefined {
  const found = /^(\d+)[x×](\d+)[x×](\d+)/.exec(metadata.input ?? '');
  return found === null ? undefined : found.slice(1).map(Number);
}

/**
 * One label a class: those given, else the metadata's `labels` (a JSON list), else `class 0` … . `InputError` or
 * `WeightsError` when there are more or fewer than classes.
 */
export function labelsOf(
  metadata: Readonly<Record<string, string>>,
  classes: number,
  given?: readonly string[],
): readonly string[] {
  if (given !== undefined) {
    if (given.length === classes) return [...given];
    throw new InputError({ where: 'labels', got: `${given.length}`, want: `${classes}, one for each class` });
  }
  if (metadata.labels === undefined) return Array.from({ length: classes }, (_, index) => `class ${index}`);
  const labels = parseList(metadata.labels);
  if (labels?.length === classes) return labels;
  throw new WeightsError({
    where: "weights: metadata 'labels'",
    got: labels === undefined ? 'no JSON list of texts' : `${labels.length} labels`,
    want: `${classes} labels, one for each class`,
  });
}

function parseList(text: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}
