import { viewOf } from './bytes.js';
import { type Identity, identityOf } from './formats.js';

/** Type codes of IDX files: bytes, signed bytes, int16, int32, float32, float64, and the bytes of one element. */
const idxTypes: ReadonlyMap<number, number> = new Map([
  [0x08, 1],
  [0x09, 1],
  [0x0b, 2],
  [0x0c, 4],
  [0x0d, 4],
  [0x0e, 8],
]);

/** More axes than any data set's. */
const mostAxes = 8;

/** An IDX file: two zeros, a type, a number of axes, a big-endian 32-bit size for each. */
export function findIdx(bytes: Uint8Array): Identity | undefined {
  if (bytes.length < 4) return undefined;
  const [zero, alsoZero, type, axes] = bytes;
  const elementBytes = idxTypes.get(type);
  if (zero !== 0 || alsoZero !== 0 || elementBytes === undefined || axes < 1 || axes > mostAxes) return undefined;
  const start = 4 + 4 * axes;
  if (bytes.length < start) return identityOf('idx', { has: bytes.length, needs: start });
  const view = viewOf(bytes);
  let dataBytes = elementBytes;
  for (let axis = 0; axis < axes; axis++) dataBytes *= view.getUint32(4 + 4 * axis);
  return identityOf('idx', { has: bytes.length, needs: start + dataBytes });
}

/** The format's own limit on its header. */
const mostHeaderBytes = 100_000_000n;

/** A safetensors file: the header's length in 8 bytes, little-endian, then the header, which is a JSON object. */
export function findSafetensors(bytes: Uint8Array): Identity | undefined {
  if (bytes.length < 9 || bytes[8] !== 0x7b) return undefined;
  const header = viewOf(bytes).getBigUint64(0, true);
  // No text: its upper bytes are not zero.
  if (header < 2n || header > mostHeaderBytes) return undefined;
  return identityOf('safetensors', { has: bytes.length, needs: 8 + Number(header) });
}
