/**
 * What each trick in the convolution kernels gains: one 3 × 3 layer, 96 → 128 channels at 28 × 28, the ways of writing
 * it run in turn. Prints each one's speed as a multiple of the naive kernel's (medians).
 *
 * node bench/conv2d.mjs cpu|webasm [threads: false|true] [rounds]
 */
import { createRequire } from 'node:module';

const { GPU } = createRequire(import.meta.url)('gpu.js');
const [mode = 'webasm', threads = 'false', rounds = '9'] = process.argv.slice(2);
const [channels, filters, size, padded] = [96, 128, 28, 30];
const area = padded * padded;

const random = (length) => Float32Array.from({ length }, () => Math.random() - 0.5);
const inside = random(channels * size * size);
const x = new Float32Array(channels * area);
for (let i = 0; i < inside.length; i++) {
  const [channel, row, column] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size];
  x[channel * area + (row + 1) * padded + column + 1] = inside[i];
}
const w = random(filters * channels * 9);
const b = random(filters);

const naive = `function kernel(x) {
  let sum = this.constants.b[this.thread.z];
  for (let i = 0; i < ${channels}; i++) { for (let u = 0; u < 3; u++) { for (let v = 0; v < 3; v++) {
    const r = this.thread.y + u - 1;
    const c = this.thread.x + v - 1;
    if (r >= 0 && r < ${size} && c >= 0 && c < ${size}) {
      sum += x[(i * ${size} + r) * ${size} + c] * this.constants.w[((this.thread.z * ${channels} + i) * 3 + u) * 3 + v];
    }
  } } }
  return sum;
}`;

/** A float as gpu.js makes it of any declaration, or an integer by the trick of src/kernels/source.ts. */
const declare = {
  float: (name, value) => `let ${name} = ${value};`,
  int: (name, value) => `let ${name} = this.output.x; ${name}++; ${name} = ${value};`,
};

function unrolled(kind, accumulators) {
  const products = Array.from({ length: 9 }, (_, i) => {
    const offset = Math.floor(i / 3) * padded + (i % 3);
    return `x[xi + ${offset}] * this.constants.w[wi + ${i}]`;
  });
  const sums = Array.from({ length: accumulators }, (_, i) => `sum${i}`);
  const add = sums.map((sum, i) => `${sum} += ${products.filter((_, p) => p % accumulators === i).join(' + ')};`);
  return `function kernel(x) {
    ${sums.map((sum) => `let ${sum} = 0.0;`).join(' ')}
    ${declare[kind]('row', `Math.floor((this.thread.x + 0.5) / ${size})`)}
    ${declare[kind]('column', `this.thread.x - row * ${size}`)}
    ${declare[kind]('xi', `row * ${padded} + column`)}
    ${declare[kind]('wi', `this.thread.y * ${channels * 9}`)}
    for (let i = 0; i < ${channels}; i++) { ${add.join(' ')} xi += ${area}; wi += 9; }
    return this.constants.b[this.thread.y] + ${sums.join(' + ')};
  }`;
}

const gpu = new GPU({ mode });
function prepare(source, output, input) {
  const kernel = gpu.createKernel(source, {
    output,
    constants: { w, b },
    loopMaxIterations: 1000,
    precision: 'single',
  });
  const pipeline = gpu.createPipeline((handle) => kernel(handle), { threads: threads === 'true' });
  return { run: () => pipeline(input), times: [] };
}
const image = [size * size, filters];
const ways = {
  naive: prepare(naive, [size, size, filters], inside),
  'padded, unrolled, indices float': prepare(unrolled('float', 1), image, x),
  'padded, unrolled, indices integer': prepare(unrolled('int', 1), image, x),
  'the same with 3 accumulators': prepare(unrolled('int', 3), image, x),
  'the same with 9 accumulators': prepare(unrolled('int', 9), image, x),
};
for (let round = -2; round < Number(rounds); round++) {
  for (const way of Object.values(ways)) {
    const start = performance.now();
    await way.run();
    if (round >= 0) way.times.push(performance.now() - start);
  }
}
const median = ({ times }) => times.toSorted((p, q) => p - q)[Math.floor(times.length / 2)];
for (const [name, way] of Object.entries(ways)) {
  console.log(`${name.padEnd(36)} ${(median(ways.naive) / median(way)).toFixed(2)} ×`);
}
await gpu.destroy();
