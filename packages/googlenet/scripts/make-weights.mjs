// Makes the weights that the package ships: float16, under our names, from the trainer's float32 file.
// They come without the statistics that know an unusual picture: `npm run unusual:fit` adds them.
// Usage, after a build: node scripts/make-weights.mjs SEED.safetensors TRAINED-ON.sha256-48
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { openSafetensors, writeSafetensors } from '@strata/formats/safetensors';
import { readCheckpoint } from '../dist/index.js';

const [trained, trainedOn] = process.argv.slice(2);
if (trained === undefined || trainedOn === undefined) {
  console.error('usage: node scripts/make-weights.mjs SEED.safetensors TRAINED-ON.sha256-48');
  process.exit(2);
}
const weightsFolder = new URL('../weights/', import.meta.url);
const { weights, metadata } = await readCheckpoint(trained, 'seed');
const bytes = writeSafetensors(weights, {
  dtype: 'F16',
  metadata: {
    ...metadata,
    variant: 'seed',
    storage: 'float16, rounded to nearest from the trained float32',
    source: "trained by the Strata project on Zalando's Fashion-MNIST (MIT licence)",
    trained_on: 'trained-on.sha256-48: first 6 bytes of the SHA-256 of each training picture, sorted',
  },
});
openSafetensors(bytes, 'the new file');
await writeFile(new URL('seed-fashion-mnist.safetensors', weightsFolder), bytes);
await copyFile(trainedOn, new URL('trained-on.sha256-48', weightsFolder));
console.log(`${bytes.length} bytes; the list has ${(await readFile(trainedOn)).length / 6} pictures`);
