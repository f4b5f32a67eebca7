import { type AttributeProto, AttributeProto_AttributeType } from '../generated/onnx_pb.js';

/** A node's attribute before it has its name. ONNX tells whole numbers from fractions, JavaScript does not. */
export type AttributeValue =
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'float'; readonly value: number };

export type AttributeValues = Readonly<Record<string, AttributeValue>>;

export const int = (value: number): AttributeValue => ({ type: 'int', value });
export const ints = (value: readonly number[]): AttributeValue => ({ type: 'ints', value });
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
