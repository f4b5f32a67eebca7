/** One seed for all that is drawn, so that a result can be repeated. */
export const SEED = 20261127;
