import { type AttributeProto, AttributeProto_AttributeType } from '../generated/onnx_pb.js';

/** A node's attribute before it gets its name. ONNX distinguishes whole numbers from fractions; JavaScript does not. */
export type AttributeValue =
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'float'; readonly value: number };

export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** A whole number as an attribute. */
export const int = (value: number): AttributeValue => ({ type: 'int', value });
/** Whole numbers as an attribute. */
export const ints = (value: readonly number[]): AttributeValue => ({ type: 'ints', value });
/** A float32 number as an attribute. */
export const float = (value: number): AttributeValue => ({ type: 'float', value });

export function encodeAttributes(attributes: AttributeValues): AttributeProto[] {
  return Object.entries(attributes).map(([name, attribute]) => encodeAttribute(name, attribute));
}

function encodeAttribute(name: string, attribute: AttributeValue): AttributeProto {
  switch (attribute.type) {
    case 'int':
      return { name, type: AttributeProto_AttributeType.INT, i: attribute.value };
    case 'ints':
      return { name, type: AttributeProto_AttributeType.INTS, ints: attribute.value };
    case 'float':
      return { name, type: AttributeProto_AttributeType.FLOAT, f: attribute.value };
  }
}
