import { checkTensor, isFloat32Array, refuseOtherThanRecord, type Tensor, WeightsError } from '@strata/core';
import { narrowBF16, narrowF16 } from '../half.js';
import { quoteName } from '../quote-name.js';
import { bytesOf, type FloatDType } from './element-types.js';
import { LENGTH_BYTES, METADATA_KEY, MOST_HEADER_BYTES } from './header.js';

/** Options of `writeSafetensors`. */
export interface SafetensorsOptions {
  /** How to store the values; `'F32'` by default. The 16-bit types round to nearest, ties to even. */
  readonly dtype?: FloatDType;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The data starts at a multiple of this many bytes, so that a reader can view it without a copy. */
const ALIGNMENT = 8;

/**
 * The bytes of a safetensors file, the same for the same tensors whatever their order: names are sorted by their UTF-16
 * code units. Takes float32 tensors. Throws `WeightsError` for other types, for a finite value that `dtype` cannot
 * hold, and for a tensor named `__metadata__`.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  { dtype = 'F32', metadata }: SafetensorsOptions = {},
): Uint8Array {
  refuseOtherThanRecord(tensors, 'writeSafetensors', 'an object of tensors by name', WeightsError);
  const sorted = sortByName(Object.entries(tensors)).map(([name, tensor]) => ({ name, ...toFloat32(name, tensor) }));
  const fields = metadata === undefined ? [] : [`${JSON.stringify(METADATA_KEY)}:${stringifySorted(metadata)}`];
  const spans: { begin: number; end: number }[] = [];
  let reached = 0;
  for (const { name, shape, data } of sorted) {
    const begin = reached;
    reached += data.length * bytesOf(dtype);
    spans.push({ begin, end: reached });
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, reached] })}`);
  }
  const header = padHeader(`{${fields.join(',')}}`);
  const dataStart = LENGTH_BYTES + header.length;
  const bytes = new Uint8Array(dataStart + reached);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH_BYTES);
  for (const [index, { name, data }] of sorted.entries()) {
    const { begin, end } = spans[index];
    encode(name, data, dtype, new DataView(bytes.buffer, dataStart + begin, end - begin));
  }
  return bytes;
}

function toFloat32(name: string, tensor: Tensor): { shape: readonly number[]; data: Float32Array } {
  const where = `tensor ${quoteName(name)}`;
  if (name === METADATA_KEY) throw new WeightsError({ where, got: 'a name that the format reserves' });
  checkTensor(tensor, where);
  if (isFloat32Array(tensor.data)) return { shape: tensor.shape, data: tensor.data };
  throw new WeightsError({ where, got: tensor.dtype, want: 'float32' });
}

function encode(name: string, values: Float32Array, dtype: FloatDType, target: DataView): void {
  if (dtype === 'F32') {
    for (let i = 0; i < values.length; i++) target.setFloat32(4 * i, values[i], true);
    return;
  }
  const misfit = dtype === 'F16' ? narrowF16(values, target) : narrowBF16(values, target);
  if (misfit === -1) return;
  throw new WeightsError({
    where: `tensor ${quoteName(name)}`,
    got: `${values[misfit]} at element ${misfit}, which ${dtype} cannot hold`,
    want: dtype === 'F16' ? 'magnitudes below 65520' : 'magnitudes below 3.396e38',
    hint: 'store it as F32',
  });
}

function padHeader(json: string): Uint8Array {
  const header = new TextEncoder().encode(json);
  const padded = new Uint8Array(Math.ceil(header.length / ALIGNMENT) * ALIGNMENT).fill(' '.charCodeAt(0));
  padded.set(header);
  if (padded.length <= MOST_HEADER_BYTES) return padded;
  throw new WeightsError({
    where: 'safetensors header',
    got: `${padded.length} bytes`,
    want: `at most ${MOST_HEADER_BYTES}`,
  });
}

function stringifySorted(texts: Readonly<Record<string, string>>): string {
  const fields = sortByName(Object.entries(texts)).map(
    ([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`,
  );
  return `{${fields.join(',')}}`;
}

/** Not by locale, which differs from machine to machine. */
function sortByName<T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}
