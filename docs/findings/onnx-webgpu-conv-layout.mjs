// WebGPU's convolution in the library's own layout is wrong for input channels that are a multiple of 3 but not of 4.
import ort from 'onnxruntime-node';
import { conclude, notHere } from './support/conclude.mjs';
import { refusal, runOnnx } from './support/onnx.mjs';

const [filters, height, width] = [8, 17, 19];

/** A 3×3 convolution of so many channels to 8 filters. */
const modelOf = (channels) => ({
  nodes: [{ op: 'Conv', inputs: ['x', 'w'], output: 'y', attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] } }],
  inputs: { x: [1, channels, height, width] },
  outputs: { y: [1, filters, height, width] },
  constants: { w: { shape: [filters, channels, 3, 3], floats: waves(filters * channels * 9, 1.3) } },
});

function waves(count, step) {
  return Array.from({ length: count }, (_, i) => Math.sin(i * step));
}

/** The largest difference as a share of the largest value. */
function distance(want, got) {
  const largest = Math.max(...want.map(Math.abs));
  return Math.max(...want.map((value, i) => Math.abs(value - got[i]))) / largest;
}

const wrong = { itsOwn: [], NCHW: [] };
for (const channels of [4, 6, 7, 8, 9, 12, 15, 16, 18, 21]) {
  const given = { x: waves(channels * height * width, 0.37), shape: [1, channels, height, width] };
  const run = async (provider) => (await runOnnx(ort, modelOf(channels), given, { executionProviders: [provider] })).y;
  const want = await run('cpu');
  for (const [layout, options] of [
    ['itsOwn', {}],
    ['NCHW', { preferredLayout: 'NCHW' }],
  ]) {
    let got;
    const refused = await refusal(async () => {
      got = await run({ name: 'webgpu', ...options });
    });
    if (refused !== undefined) notHere(refused);
    if (distance(want, got) > 1e-4) wrong[layout].push(channels);
  }
}
console.log(`its own layout: wrong for ${wrong.itsOwn.join(', ') || 'none'} channels`);
console.log(`preferredLayout 'NCHW': wrong for ${wrong.NCHW.join(', ') || 'none'} channels`);
conclude(wrong.itsOwn.length > 0 && wrong.NCHW.length === 0);
