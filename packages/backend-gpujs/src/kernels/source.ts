/**
 * Declares a whole number in a kernel.
 *
 * gpu.js 2.24 turns `const i = this.thread.x` into a float: indices beyond 2²⁴ go wrong, and on wasm every lane of
 * every load converts it back, which halves the speed. It keeps a variable an integer only when its first value is an
 * integer literal (which wasm forgets on its second walk over the source, but not for `this.output.x`) and when a
 * `++` on it is seen. Hence three statements for one.
 */
export function int(name: string, value: string): string {
  return `let ${name} = this.output.x; ${name}++; ${name} = ${value};`;
}

/** ⌊a / b⌋ for whole a from 0 to 2²²; the half keeps a GPU's inexact division from falling below the quotient. */
export function quotient(a: string, b: number): string {
  return b === 1 ? a : whole(`Math.floor((${a} + 0.5) / ${b})`);
}

/** A number that is whole and not negative, as an integer: GLSL takes no float for one, and gpu.js does not convert. */
export function whole(value: string): string {
  return `(${value} | 0)`;
}

/** A loop of `count` rounds. Bounds are literals, so no mode cuts it at `loopMaxIterations`. */
export function loop(variable: string, count: number, body: string): string {
  return `for (let ${variable} = 0; ${variable} < ${count}; ${variable}++) { ${body} }`;
}

/** `array[index + offset]` without needless zeros. */
export function at(array: string, index: string, offset: number): string {
  return offset === 0 ? `${array}[${index}]` : `${array}[${index} + ${offset}]`;
}
