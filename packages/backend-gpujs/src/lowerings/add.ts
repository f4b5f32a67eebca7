import { broadcasted } from '../kernels/broadcast.js';
import type { Lowering } from '../kernels/types.js';

export const add: Lowering<'add'> = broadcasted('+');
