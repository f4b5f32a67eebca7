import type { OnnxFileNode } from '../opening/types.js';
import type { Fuser } from './types.js';

/** Add(MatMul(x, B), c) with constants B [in, out] and c [out] or [1, out], as Gemm: a linear layer with its bias. */
export const matMulAdd: Fuser = (node, { makerOf, knownOf, shapeOf }) => {
  const [left = '', right = ''] = node.inputs;
  const isProduct = (maker: OnnxFileNode | undefined) => maker?.op === 'MatMul' && maker.output !== '';
  const [product, addend] = isProduct(makerOf(left)) ? [makerOf(left), right] : [makerOf(right), left];
  if (product?.op !== 'MatMul') return undefined;
  const [x = '', b = ''] = product.inputs;
  const bias = knownOf(addend);
  const matrix = knownOf(b);
  if (matrix?.shape.length !== 2 || bias === undefined || shapeOf(x)?.length !== 2 || knownOf(x)) return undefined;
  const isRow = bias.shape.length === 1 || (bias.shape.length === 2 && bias.shape[0] === 1);
  if (!isRow || bias.shape.at(-1) !== matrix.shape[1]) return undefined;
  return { ...node, op: 'Gemm', attributes: {}, inputs: [x, b, addend] };
};
