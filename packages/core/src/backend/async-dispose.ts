/** `Symbol.asyncDispose`, or where the runtime lacks it the symbol that compilers' helpers look for. */
export const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
