import { InputError, type Shape, WeightsError } from '@strata/core';

/** What a file's metadata says of its network. Files of other tools say none of it. */
export interface NetworkFacts {
  /** As the file has it: it may name one that is not known here. */
  readonly variant?: string;
  readonly labels?: readonly string[];
  /** [channels, height, width] that pictures are brought to. */
  readonly input?: Shape;
  /** torchvision's `transform_input`. */
  readonly transformInput?: boolean;
  /** How pictures are made ready, as `preprocessing` has it. */
  readonly preprocessing?: string;
  readonly licence?: string;
}

type Metadata = Readonly<Record<string, string>>;

/** The facts as a file's metadata, which `readMetadata` reads; what is not known is left out. */
export function writeMetadata({
  variant,
  labels,
  input,
  transformInput,
  preprocessing,
  licence,
}: NetworkFacts): Record<string, string> {
  return {
    ...(variant !== undefined && { variant }),
    ...(labels !== undefined && { labels: JSON.stringify(labels) }),
    ...(input !== undefined && { input: input.join('x') }),
    ...(transformInput !== undefined && { transform_input: String(transformInput) }),
    ...(preprocessing !== undefined && { preprocessing }),
    ...(licence !== undefined && { licence }),
  };
}

/** What metadata says. `WeightsError` for a `transform_input` that is neither true nor false. */
export function readMetadata(metadata: Metadata, where: string): NetworkFacts {
  const { variant, preprocessing, licence } = metadata;
  const labels = parseList(metadata.labels);
  const input = inputShapeOf(metadata);
  const transformInput =
    metadata.transform_input === undefined ? undefined : readSwitch(metadata.transform_input, where);
  return {
    ...(variant !== undefined && { variant }),
    ...(labels !== undefined && { labels }),
    ...(input !== undefined && { input }),
    ...(transformInput !== undefined && { transformInput }),
    ...(preprocessing !== undefined && { preprocessing }),
    ...(licence !== undefined && { licence }),
  };
}

/** [channels, height, width] that the metadata's `input` begins with (`1x96x96, grey …`); `undefined` without one. */
export function inputShapeOf(metadata: Metadata): Shape | undefined {
  const found = /^(\d+)[x×](\d+)[x×](\d+)/.exec(metadata.input ?? '');
  return found === null ? undefined : found.slice(1).map(Number);
}

/**
 * One label a class: those given, else the metadata's `labels` (a JSON list), else `class 0` … . `InputError` or
 * `WeightsError` when there are more or fewer than classes.
 */
export function labelsOf(metadata: Metadata, classes: number, given?: readonly string[]): readonly string[] {
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

function readSwitch(text: string, where: string): boolean {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'on' || word === '1') return true;
  if (word === 'false' || word === 'off' || word === '0') return false;
  throw new WeightsError({
    where: `${where}: metadata 'transform_input'`,
    got: JSON.stringify(text.slice(0, 50)),
    want: 'true or false',
  });
}

function parseList(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}
