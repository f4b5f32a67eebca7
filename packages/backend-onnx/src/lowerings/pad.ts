import { type Operator, operatorTable } from '@strata/formats/onnx';

/**
 * As a node that stays: ONNX Runtime fuses a Pad of zeros into the pool behind it even where the pool then refuses the
 * padding. It takes the value for zero by its bits, so that −0, which is as good, is left alone.
 */
export const pad: Operator<'pad'> = (node, emitter) => {
  const { attributes } = node;
  const value = attributes.value === 0 ? -0 : attributes.value;
  operatorTable.pad({ ...node, attributes: { ...attributes, value } }, emitter);
};
