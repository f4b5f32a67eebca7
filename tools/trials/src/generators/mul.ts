import { broadcasting } from './broadcasting.js';
import { valuesWith } from './values.js';

const values = valuesWith([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

export const mulTrials = broadcasting('mul', values);
