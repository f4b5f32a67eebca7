// What is disposed is not given back: its buffer waits for a tensor of the same size, as long as the device is open.
import { conclude } from './support/conclude.mjs';
import { tf } from './support/tfjs-webgpu.mjs';

await tf.setBackend('webgpu');
await tf.ready();
let memory;
for (let size = 1; size <= 5; size++) {
  const x = tf.ones([size * 250_000]);
  const sum = tf.add(x, 1);
  await sum.data();
  tf.dispose([x, sum]);
  memory = tf.memory();
  const { numTensors, numBytesInGPU, numBytesAllocatedInGPU } = memory;
  console.log(
    `after size ${size}: ${numTensors} tensors, ${numBytesInGPU} bytes used, ${numBytesAllocatedInGPU} allocated`,
  );
}
conclude(memory.numBytesInGPU === 0 && memory.numBytesAllocatedInGPU >= 45_000_000);
