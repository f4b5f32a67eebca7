import type { NodeOf, Pair, Shape, Windowed } from '@strata/core';

// Source texts of the kernels of `naive-gpujs.ts`, as gpu.js takes them: `this.thread` is the output that a thread
// computes, x its column, y its row, z its channel. Pictures are [channel][row][column]; weights are flat.

/** One convolution with bias; the constants are `weights` [out, in, rows, columns] and `bias` [out]. */
export function convolutionSource({ attributes }: NodeOf<'conv2d'>, input: Shape, [, channels, rows, columns]: Shape) {
  return `function convolution(x) {
    let sum = this.constants.bias[this.thread.z];
    for (let channel = 0; channel < ${channels}; channel++) {
      ${overWindow(
        attributes,
        [rows, columns],
        input,
        `sum += x[channel][row][column] *
          this.constants.weights[((this.thread.z * ${channels} + channel) * ${rows} + u) * ${columns} + v];`,
      )}
    }
    return ${attributes.activation === 'relu' ? 'Math.max(sum, 0)' : 'sum'};
  }`;
}

/** Starts below all of float32: every window has a real pixel. */
export function maxPoolSource({ attributes }: NodeOf<'maxPool2d'>, input: Shape) {
  return `function maxPool(x) {
    let largest = -3.4e38;
    ${overWindow(attributes, attributes.window, input, 'largest = Math.max(largest, x[this.thread.z][row][column]);')}
    return largest;
  }`;
}

/** Loops over window rows `u` and columns `v`, with an `if` on the borders around `statement`. */
function overWindow(
  { stride, padding }: Windowed,
  [rows, columns]: Pair,
  [, , height, width]: Shape,
  statement: string,
): string {
  const [top, left] = padding;
  return `for (let u = 0; u < ${rows}; u++) {
    for (let v = 0; v < ${columns}; v++) {
      const row = this.thread.y * ${stride[0]} + u - ${top};
      const column = this.thread.x * ${stride[1]} + v - ${left};
      if (row >= 0 && row < ${height} && column >= 0 && column < ${width}) {
        ${statement}
      }
    }
  }`;
}

export const reluSource = `function relu(x) {
  return Math.max(x[this.thread.z][this.thread.y][this.thread.x], 0);
}`;

/** Joins pictures of these many channels along channels. */
export function concatSource(channels: readonly number[]) {
  const names = channels.map((_, part) => `x${part}`);
  const parts = names.map((name, part) => {
    const start = channels.slice(0, part).reduce((sum, count) => sum + count, 0);
    const value = `${name}[this.thread.z - ${start}][this.thread.y][this.thread.x]`;
    const last = part === names.length - 1;
    return last ? `return ${value};` : `if (this.thread.z < ${start + channels[part]}) { return ${value}; }`;
  });
  return `function concat(${names.join(', ')}) { ${parts.join('\n')} }`;
}

/** [channel][row][column] → [channel]; x is the channel here. */
export function averageSource([, , height, width]: Shape) {
  return `function average(x) {
    let sum = 0;
    for (let row = 0; row < ${height}; row++) {
      for (let column = 0; column < ${width}; column++) {
        sum += x[this.thread.x][row][column];
      }
    }
    return sum / ${height * width};
  }`;
}

/** The constants are `weights` [out, in] and `bias` [out]; x is the output. */
export function linearSource([, features]: Shape) {
  return `function linear(x) {
    let sum = this.constants.bias[this.thread.x];
    for (let feature = 0; feature < ${features}; feature++) {
      sum += x[feature] * this.constants.weights[this.thread.x * ${features} + feature];
    }
    return sum;
  }`;
}
