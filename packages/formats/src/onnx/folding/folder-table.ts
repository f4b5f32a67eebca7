import { add, div, mul, reduceProd, sub } from './arithmetic.js';
import { cast, constantOfShape, identity, shape, size } from './making.js';
import { concat, gather, slice } from './selection.js';
import { flatten, reshape, squeeze, transpose, unsqueeze } from './structure.js';
import type { Folder } from './types.js';

/** ONNX operator → its value where all that it reads is known. */
export const folderTable: ReadonlyMap<string, Folder> = new Map([
  ['Add', add],
  ['Cast', cast],
  ['Concat', concat],
  ['ConstantOfShape', constantOfShape],
  ['Div', div],
  ['Flatten', flatten],
  ['Gather', gather],
  ['Identity', identity],
  ['Mul', mul],
  ['ReduceProd', reduceProd],
  ['Reshape', reshape],
  ['Slice', slice],
  ['Squeeze', squeeze],
  ['Sub', sub],
  ['Transpose', transpose],
  ['Unsqueeze', unsqueeze],
]);

/** Operators that ask for a shape alone: their input need not be known. */
export const shapeFolders: ReadonlyMap<string, Folder> = new Map([
  ['Shape', shape],
  ['Size', size],
]);
