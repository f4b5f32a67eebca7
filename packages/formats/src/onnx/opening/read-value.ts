import type { Dim } from '@strata/core';
import type { ProtobufFile } from '../../protobuf/file.js';
import { onnxTypeOf } from './element-types.js';
import type { OnnxValue } from './types.js';

/** A `ValueInfoProto`: an input or output of a graph. */
export function readValue(file: ProtobufFile, message: Uint8Array, what: string): OnnxValue {
  file.charge(10);
  let name = '';
  let type: Uint8Array | undefined;
  file.visit(message, what, (part) => {
    if (part.number === 1) name = part.text();
    else if (part.number === 2) type = part.bytes();
  });
  return { name, ...(type === undefined ? {} : readType(file, type, name, what)) };
}

/** `TypeProto`, of which a tensor's type is the first field. */
function readType(file: ProtobufFile, message: Uint8Array, name: string, what: string): Omit<OnnxValue, 'name'> {
  const found: { type?: number; shape?: readonly Dim[] } = {};
  file.visit(message, what, (part) => {
    if (part.number !== 1) return;
    file.visit(part.bytes(), what, (of) => {
      if (of.number === 1) found.type = of.whole();
      else if (of.number === 2) found.shape = readShape(file, of.bytes(), name, what);
    });
  });
  const dtype = found.type === undefined ? undefined : onnxTypeOf(found.type)?.dtype;
  return { ...(dtype === undefined ? {} : { dtype }), ...(found.shape === undefined ? {} : { shape: found.shape }) };
}

/** `TensorShapeProto`: a size each, a name, or neither. Some programs write an unknown size as −1. */
function readShape(file: ProtobufFile, message: Uint8Array, name: string, what: string): readonly Dim[] {
  const shape: Dim[] = [];
  file.visit(message, what, (part) => {
    if (part.number !== 1) return;
    file.charge(2);
    const open = `${name}:${shape.length}`;
    let size: Dim = open;
    file.visit(part.bytes(), what, (dim) => {
      if (dim.number === 1) size = dim.whole();
      else if (dim.number === 2) size = dim.text() || open;
    });
    shape.push(typeof size === 'number' && size < 0 ? open : size);
  });
  return shape;
}
