import { broadcasting } from './broadcasting.js';
import { valuesWith } from './values.js';

const values = valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

export const addTrials = broadcasting('add', values);
