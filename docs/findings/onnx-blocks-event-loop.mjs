// onnxruntime-node computes on the calling thread: nothing else of the process runs until it is done.
import ort from 'onnxruntime-node';
import { conclude } from './support/conclude.mjs';
import { onnxModel } from './support/onnx.mjs';

const [channels, size] = [128, 192];
const shape = [1, channels, size, size];
const bytes = onnxModel({
  nodes: [{ op: 'Conv', inputs: ['x', 'w'], output: 'y', attributes: { pads: [1, 1, 1, 1] } }],
  inputs: { x: shape },
  outputs: { y: shape },
  constants: { w: { shape: [channels, channels, 3, 3], floats: new Float32Array(channels * channels * 9).fill(0.01) } },
});
const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1 });
const x = new ort.Tensor('float32', new Float32Array(channels * size * size).fill(1), shape);
let ticks = 0;
const timer = setInterval(() => ticks++, 1);
await new Promise((resolve) => setTimeout(resolve, 20));
const before = ticks;
await session.run({ x });
clearInterval(timer);
console.log(`20 ms of waiting: ${before > 0 ? 'the timer ticked' : 'no tick'}`);
console.log(`run: ${ticks - before > 3 ? 'the timer ticked' : 'at most 3 ticks'}`);
conclude(before > 0 && ticks - before <= 3);
