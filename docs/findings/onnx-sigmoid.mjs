// Sigmoid on the CPU is a quotient of polynomials on [−18, 18]: far below zero it is off by its own size, then 0.
import ort from 'onnxruntime-node';
import web from 'onnxruntime-web';
import { conclude } from './support/conclude.mjs';
import { runOnnx } from './support/onnx.mjs';

const x = [-10, -17, -23.5];
const shape = [x.length];
const ends = { inputs: { x: shape }, outputs: { y: shape } };
const kernel = { ...ends, nodes: [{ op: 'Sigmoid', inputs: ['x'], output: 'y' }] };
const composed = {
  ...ends,
  constants: { one: { shape: [], floats: [1] } },
  nodes: [
    { op: 'Neg', inputs: ['x'], output: 'negative' },
    { op: 'Exp', inputs: ['negative'], output: 'power' },
    { op: 'Add', inputs: ['power', 'one'], output: 'sum' },
    { op: 'Reciprocal', inputs: ['sum'], output: 'y' },
  ],
};
const u = 2 ** -24;
const worst = [];
for (const [name, library] of [
  ['native', ort],
  ['wasm', web],
]) {
  const [own, written] = await Promise.all([kernel, composed].map((model) => runOnnx(library, model, { x, shape })));
  for (const [i, value] of x.entries()) {
    const want = 1 / (1 + Math.exp(-value));
    const off = (got) => Math.abs(got - want) / want / u;
    console.log(
      `${name}, ${value}: got ${own.y[i].toPrecision(4)}, want ${want.toPrecision(4)}, 1 / (1 + e^-x) is off by ${off(written.y[i]).toFixed(1)} u`,
    );
    worst.push([off(own.y[i]), off(written.y[i])]);
  }
}
conclude(worst.every(([own, written]) => own > 1000 && written < 10));
