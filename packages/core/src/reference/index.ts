export { type Agreement, agree, type ComparedElement, compareOutputs, formatDisagreement } from './agree.js';
export { agreeWithEachOther, type JudgedResult } from './agree-with-each-other.js';
export { type Arithmetic, type Bounds, boundSum, float32, half, type SumBound } from './bounds.js';
export { boundsFor } from './bounds-for.js';
export { evaluateNode, type InterpretOptions, interpret } from './interpret.js';
export { exactly, type Judged } from './judged.js';
export type { OpContext, OpReference, Producer } from './op-reference.js';
export { createReferenceBackend } from './reference-backend.js';
export { referenceTable } from './reference-table.js';
