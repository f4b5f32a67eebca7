import { countElements, describeValue, InputError, isFloat32Array, type Tensor, tensor, viewBytes } from '@strata/core';
import { parse } from 'npyjs';
import { quoteName } from '../quote-name.js';
import { quoteShape } from '../quote-shape.js';
import { refuseOtherFile } from './other-file.js';

/**
 * The float32 array in the bytes of a `.npy` file (NumPy's format, versions 1 to 3), row-major. `where` names the file
 * in messages. `InputError` for anything else: another type, byte order or axis order, a header or data that is cut
 * short, or a shape that does not fit the data. npyjs trusts its input, so everything that the header claims is checked
 * here.
 */
export function parseNpy(given: ArrayBufferLike | ArrayBufferView, where = '.npy file'): Tensor {
  // A buffer of its own that starts at 0: npyjs does not accept views, nor browsers shared memory.
  const bytes = viewBytes(given)?.slice();
  if (bytes === undefined) throw new InputError({ where, got: describeValue(given), want: 'the bytes of a .npy file' });
  const { header, dataStart } = readHeader(bytes, where);
  checkType(header, where);
  checkOrder(header, where);
  const shape = readShape(header, where);
  checkLength(shape, bytes.length - dataStart, where);
  const { data } = parse(bytes.buffer);
  if (isFloat32Array(data)) return tensor(shape, data);
  throw new InputError({ where, got: `${data.constructor.name} from npyjs`, want: 'Float32Array' });
}

/** NumPy's own limit. */
const longestHeader = 10_000;

/** The text of the header, and where the data begins. `InputError` where the file is another, or cut short before that. */
export function readHeader(bytes: Uint8Array, where: string): { header: string; dataStart: number } {
  refuseOtherFile(bytes, where);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = bytes[6] ?? 0;
  if (bytes.length > 6 && (version < 1 || version > 3)) {
    throw new InputError({ where, got: `.npy version ${version}`, want: '1, 2 or 3' });
  }
  const headerStart = version === 1 ? 10 : 12;
  if (bytes.length < headerStart) throw cutShort(where, bytes.length, `a header from byte ${headerStart}`);
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = headerStart + headerBytes;
  if (dataStart > bytes.length) throw cutShort(where, bytes.length, `a header that ends at byte ${dataStart}`);
  if (headerBytes > longestHeader) {
    throw new InputError({ where, got: `a header of ${headerBytes} bytes`, want: `at most ${longestHeader}` });
  }
  if (dataStart % Float32Array.BYTES_PER_ELEMENT !== 0) {
    throw new InputError({ where, got: `data from byte ${dataStart}`, want: 'a multiple of 16, as the format says' });
  }
  return { header: new TextDecoder('latin1').decode(bytes.subarray(headerStart, dataStart)), dataStart };
}

function checkType(header: string, where: string): void {
  const type = /'descr'\s*:\s*('[^']*'|\[)/.exec(header)?.[1];
  if (type === "'<f4'") return;
  const want = "'<f4' (little-endian float32)";
  if (type === undefined) throw new InputError({ where, got: "a header without 'descr'", want });
  const got = type === '[' ? 'a structured type' : `type ${quoteType(type)}`;
  throw new InputError({ where, got, want, hint: "convert it with array.astype('<f4')" });
}

/** As the file has it, on one line, and short enough to print. */
function quoteType(type: string): string {
  return `'${quoteName(type.slice(1, -1)).slice(1, -1)}'`;
}

function checkOrder(header: string, where: string): void {
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  if (order === 'False') return;
  throw new InputError({
    where,
    got: order === undefined ? "a header without 'fortran_order'" : 'Fortran order (columns first)',
    want: 'C order (rows first)',
    hint: 'convert it with numpy.ascontiguousarray(array)',
  });
}

/** The sizes that a header gives. */
export function readShape(header: string, where: string): readonly number[] {
  const list = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  if (list === undefined) throw new InputError({ where, got: "a header without a 'shape' of whole numbers" });
  const shape = list
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map(Number);
  if (shape.every(Number.isSafeInteger)) return shape;
  throw new InputError({ where, got: `shape ${quoteShape(shape)}`, want: 'whole numbers' });
}

function checkLength(shape: readonly number[], dataBytes: number, where: string): void {
  const elements = countElements(shape);
  const wanted = elements * Float32Array.BYTES_PER_ELEMENT;
  if (dataBytes === wanted) return;
  throw new InputError({
    where,
    got: `${dataBytes} bytes of data for shape ${quoteShape(shape)}`,
    want: `${wanted} (${elements} float32 elements)`,
    hint: dataBytes < wanted ? 'the file is cut short' : 'the file has something behind its data',
  });
}

function cutShort(where: string, length: number, want: string): InputError {
  return new InputError({ where, got: `${length} bytes`, want, hint: 'the file is cut short' });
}
