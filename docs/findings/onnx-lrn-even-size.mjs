// ONNX allows any size of LRN's window; ONNX Runtime's kernel takes odd ones alone.
import ort from 'onnxruntime-node';
import web from 'onnxruntime-web';
import { conclude } from './support/conclude.mjs';
import { refusal, runOnnx } from './support/onnx.mjs';

const shape = [1, 4, 1, 1];
const lrn = (size) => ({
  nodes: [{ op: 'LRN', inputs: ['x'], output: 'y', attributes: { size } }],
  inputs: { x: shape },
  outputs: { y: shape },
});
const run = (library, size) => refusal(() => runOnnx(library, lrn(size), { x: [1, 2, 3, 4], shape }));
const told = [await run(ort, 4), await run(web, 4)];
console.log(`native, size 3: ${(await run(ort, 3)) ?? 'runs'}`);
console.log(`native, size 4: ${told[0] ?? 'runs'}`);
console.log(`wasm, size 4: ${told[1] ?? 'runs'}`);
conclude(told.every((message) => message !== undefined));
