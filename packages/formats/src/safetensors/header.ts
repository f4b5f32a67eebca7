import { type Shape, WeightsError } from '@strata/core';
import { quoteName } from '../quote-name.js';
import { quoteShape } from '../quote-shape.js';
import { bytesOf, isSafetensorsDType, type SafetensorsDType, safetensorsDTypes } from './element-types.js';
import { refuseOtherFile } from './other-file.js';
import { findRepeatedKey } from './repeated-key.js';

/** A file's header, checked: every entry lies within the data, and together they fill it exactly. */
export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  readonly entries: readonly HeaderEntry[];
  /** Where the data starts, in bytes from the start of the file. */
  readonly dataStart: number;
}

export interface HeaderEntry {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: Shape;
  /** In bytes from the start of the data. */
  readonly begin: number;
  readonly end: number;
}

/** The first eight bytes: the header's length, little-endian. */
export const LENGTH_BYTES = 8;
/** The format's own limit. */
export const MOST_HEADER_BYTES = 100_000_000;
export const METADATA_KEY = '__metadata__';

const cutShort = 'the file is cut short: get it again';

/** Reads and checks a file's header. Nothing is taken on trust: each false claim is a `WeightsError`. */
export function readHeader(bytes: Uint8Array, where: string): Header {
  refuseOtherFile(bytes, where);
  const { text, dataStart } = readHeaderText(bytes, where);
  const parsed = parseObject(text, `${where}: header`);
  const { [METADATA_KEY]: metadata = {}, ...rest } = parsed;
  const dataBytes = bytes.length - dataStart;
  const entries = Object.entries(rest).map(([name, entry]) =>
    readEntry(name, entry, `${where}: tensor ${quoteName(name)}`),
  );
  checkLength(entries, dataBytes, { where, dataStart });
  checkCoverage(entries, dataBytes, where);
  return { metadata: readMetadata(metadata, where), entries, dataStart };
}

function readHeaderText(bytes: Uint8Array, where: string): { text: string; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw new WeightsError({
      where,
      got: `${bytes.length} bytes`,
      want: `at least ${LENGTH_BYTES} for the header's length`,
      hint: cutShort,
    });
  }
  const claimed = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (claimed > BigInt(MOST_HEADER_BYTES)) {
    throw new WeightsError({
      where,
      got: `a header of ${claimed} bytes`,
      want: `at most ${MOST_HEADER_BYTES}`,
      hint: 'the file is damaged, or not in the safetensors format',
    });
  }
  const dataStart = LENGTH_BYTES + Number(claimed);
  if (dataStart > bytes.length) {
    throw new WeightsError({
      where,
      got: `${bytes.length} bytes`,
      want: `at least ${dataStart} for a header of ${claimed} bytes`,
      hint: cutShort,
    });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      // A copy: browsers do not decode shared memory.
      bytes.slice(LENGTH_BYTES, dataStart),
    );
    return { text, dataStart };
  } catch (cause) {
    throw new WeightsError({ where: `${where}: header`, got: 'bytes that are not UTF-8', want: 'JSON', cause });
  }
}

function parseObject(text: string, where: string): Readonly<Record<string, unknown>> {
  const want = 'a JSON object that starts with {';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new WeightsError({ where, got: 'text that is not JSON', want, cause });
  }
  if (!isObject(parsed)) throw new WeightsError({ where, got: describe(parsed), want });
  if (!text.startsWith('{')) throw new WeightsError({ where, got: 'blanks before the {', want });
  const repeated = findRepeatedKey(text);
  if (repeated !== undefined) {
    throw new WeightsError({ where, got: `the name ${quoteName(repeated)} twice`, want: 'each name once' });
  }
  return parsed;
}

function readMetadata(metadata: unknown, where: string): Readonly<Record<string, string>> {
  const at = `${where}: ${METADATA_KEY}`;
  if (!isObject(metadata)) throw new WeightsError({ where: at, got: describe(metadata), want: 'an object of texts' });
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]): [string, string] => {
      if (typeof value === 'string') return [key, value];
      throw new WeightsError({ where: `${at}: ${quoteName(key)}`, got: describe(value), want: 'a text' });
    }),
  );
}

function readEntry(name: string, entry: unknown, where: string): HeaderEntry {
  if (!isObject(entry)) {
    throw new WeightsError({ where, got: describe(entry), want: 'an object with dtype, shape and data_offsets' });
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isSafetensorsDType(dtype)) {
    throw new WeightsError({
      where,
      got: `dtype ${describe(dtype)}`,
      want: `one of ${safetensorsDTypes.join(', ')}`,
    });
  }
  if (!isSizes(shape)) {
    throw new WeightsError({ where, got: `shape ${describe(shape)}`, want: 'a list of whole sizes of 0 or more' });
  }
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw new WeightsError({
      where,
      got: `data_offsets ${describe(offsets)}`,
      want: '[begin, end] in bytes, whole numbers with 0 ≤ begin ≤ end',
    });
  }
  const [begin, end] = offsets;
  const size = sizeInBytes(dtype, shape, where);
  if (end - begin !== size) {
    throw new WeightsError({
      where,
      got: `${end - begin} bytes (${begin} to ${end})`,
      want: `${size} for ${dtype} ${quoteShape(shape)}`,
    });
  }
  return { name, dtype, shape, begin, end };
}

function sizeInBytes(dtype: SafetensorsDType, shape: Shape, where: string): number {
  let size = bytesOf(dtype);
  for (const length of shape) {
    size *= length;
    if (Number.isSafeInteger(size)) continue;
    throw new WeightsError({ where, got: `shape ${quoteShape(shape)}`, want: 'fewer than 2⁵³ bytes' });
  }
  return size;
}

/** A file that lost its end is told by its whole length, not by the first tensor that is not there. */
function checkLength(
  entries: readonly HeaderEntry[],
  dataBytes: number,
  { where, dataStart }: { readonly where: string; readonly dataStart: number },
): void {
  const wanted = entries.reduce((most, { end }) => Math.max(most, end), 0);
  if (wanted <= dataBytes) return;
  throw new WeightsError({
    where,
    got: `${dataStart + dataBytes} bytes`,
    want: `the ${dataStart + wanted} that its header needs`,
    hint: cutShort,
  });
}

/** The format requires every byte of data to belong to exactly one tensor. */
function checkCoverage(entries: readonly HeaderEntry[], dataBytes: number, where: string): void {
  const hint = 'the file is damaged: its tensors must fill the data without overlap or hole';
  let reached = 0;
  let previous = 'the start of the data';
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) {
      throw new WeightsError({
        where: `${where}: tensor ${quoteName(name)}`,
        got: `begin ${begin}, which ${begin < reached ? 'overlaps' : 'leaves a hole after'} ${previous}`,
        want: `${reached}`,
        hint,
      });
    }
    reached = end;
    previous = `tensor ${quoteName(name)}`;
  }
  if (reached !== dataBytes) {
    const last = entries.length === 0 ? 'there are no tensors' : `${previous} ends there`;
    throw new WeightsError({ where, got: `${dataBytes} bytes of data`, want: `${reached}: ${last}`, hint });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** A JSON value as messages print it. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
