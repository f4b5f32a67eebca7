import { type Operator, operatorTable } from '@strata/formats/onnx';

/**
 * Where min is above max the result is max everywhere, so min may as well be max. WebGPU's kernel is WGSL's clamp, which
 * may give the median of the three there.
 */
export const clip: Operator<'clip'> = (node, emitter) => {
  const { min, max } = node.attributes;
  const crossed = min !== undefined && max !== undefined && min > max;
  operatorTable.clip(crossed ? { ...node, attributes: { min: max, max } } : node, emitter);
};
