import { countElements, formatShape, InputError, type Tensor, tensor } from '@strata/core';
import { parse } from 'npyjs';
import { readBytes } from './read-file.js';

const magic = [0x93, ...Buffer.from('NUMPY')];

/**
 * A float32 array of a `.npy` file (NumPy's format, versions 1 to 3), row-major. `InputError` names the file for
 * anything else: another type, byte order or axis order, a header or data that is cut short, or a shape that lies.
 */
export async function readNpy(path: string): Promise<Tensor> {
  return parseNpy(await readBytes(path), path);
}

/** The same of bytes. npyjs believes its input, so everything that the header claims is checked around it. */
export function parseNpy(bytes: Uint8Array<ArrayBuffer>, where: string): Tensor {
  const { header, dataStart } = readHeader(bytes, where);
  checkType(header, where);
  checkOrder(header, where);
  const shape = readShape(header, where);
  checkLength(shape, bytes.length - dataStart, where);
  // A buffer of its own that starts at 0: npyjs takes no views.
  const { data } = parse(bytes.slice().buffer);
  if (data instanceof Float32Array) return tensor(shape, data);
  throw new InputError({ where, got: `${data.constructor.name} from npyjs`, want: 'Float32Array' });
}

function readHeader(bytes: Uint8Array, where: string): { header: string; dataStart: number } {
  if (!magic.every((byte, index) => bytes[index] === byte)) {
    throw new InputError({
      where,
      got: 'not a .npy file',
      want: 'one that starts with \\x93NUMPY',
      hint: "write it with numpy.save('x.npy', array)",
    });
  }
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
  const got = type === '[' ? 'a structured type' : `type ${type}`;
  throw new InputError({ where, got, want, hint: "convert it with array.astype('<f4')" });
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

function readShape(header: string, where: string): readonly number[] {
  const list = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  if (list === undefined) throw new InputError({ where, got: "a header without a 'shape' of whole numbers" });
  const shape = list
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map(Number);
  if (shape.every(Number.isSafeInteger)) return shape;
  throw new InputError({ where, got: `shape ${formatShape(shape)}`, want: 'whole numbers' });
}

function checkLength(shape: readonly number[], dataBytes: number, where: string): void {
  const elements = countElements(shape);
  const wanted = elements * Float32Array.BYTES_PER_ELEMENT;
  if (dataBytes === wanted) return;
  throw new InputError({
    where,
    got: `${dataBytes} bytes of data for shape ${formatShape(shape)}`,
    want: `${wanted} (${elements} float32 elements)`,
    hint: dataBytes < wanted ? 'the file is cut short' : 'the file has something behind its data',
  });
}

function cutShort(where: string, length: number, want: string): InputError {
  return new InputError({ where, got: `${length} bytes`, want, hint: 'the file is cut short' });
}
