import { broadcasted } from '../kernels/broadcast.js';
import type { Lowering } from '../kernels/types.js';

export const mul: Lowering<'mul'> = broadcasted('*');
