import { GPU } from 'gpu.js';

/** Six numbers, laid out as 3 × 1 × 2 and as 3 × 2 × 1, read by one kernel in this order, and each by its own. */
export function run() {
  const gpu = new GPU({ mode: 'webgl2' });
  const count = (output) =>
    gpu
      .createKernel(
        `function () { return this.thread.x + ${output[0]} * (this.thread.y + ${output[1]} * this.thread.z); }`,
      )
      .setOutput(output)
      .setPrecision('single')
      .setPipeline(true)();
  const read = (settings = {}) =>
    gpu.createKernel('function (x) { return x[this.thread.x]; }', { output: [6], precision: 'single', ...settings });
  const layouts = [
    [3, 1, 2],
    [3, 2, 1],
  ];
  const shared = read();
  const dynamic = read({ dynamicArguments: true });
  return {
    'one kernel for both': layouts.map((layout) => [...shared(count(layout))]),
    'a kernel for each': layouts.map((layout) => [...read()(count(layout))]),
    dynamicArguments: layouts.map((layout) => [...dynamic(count(layout))]),
  };
}
