import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Weights } from '@strata/core';
import { openSafetensors, writeSafetensors } from '@strata/formats/safetensors';
import { readCheckpoint } from '@strata/googlenet';
import { openGarments } from './data.js';
import { fitStatistics } from './fit.js';
import { measure } from './measure.js';
import { photograph } from './photograph.js';
import { asPicture, mirror, prepare } from './pictures.js';

/** `npm run unusual:fit -- [FOLDER]`: puts the statistics into the weights that the googlenet package ships. */
const [folder] = process.argv.slice(2);
/** Every twelfth training picture: 5,000, each as it is and as a photo, every other one mirrored. */
const step = 12;

const samples = createRequire(import.meta.url).resolve('@strata/googlenet/samples/ankle-boot.jpg');
const file = new URL('../weights/seed-fashion-mnist.safetensors', pathToFileURL(samples));
const { tensors, metadata } = openSafetensors(await readFile(file), 'the shipped weights');
const { weights } = await readCheckpoint(file, 'seed');
const input = [1, 96, 96];
const garments = (await openGarments(folder, 'train'))
  .filter((_, index) => index % step === 0)
  .map((garment, index) => (index % 2 === 0 ? garment : mirror(garment)));

/** Values as float16 holds them, in which the file stores everything. */
function round(values: Weights): Weights {
  const { tensors: stored } = openSafetensors(writeSafetensors(values, { dtype: 'F16' }), 'rounding');
  return Object.fromEntries([...stored].map(([name, tensor]) => [name, tensor.read()]));
}

function* originals() {
  for (const garment of garments) yield prepare(asPicture(garment), input);
}

function* photos() {
  for (const [index, garment] of garments.entries()) yield prepare(photograph(garment, `training ${index}`), input);
}

const say = (what: string) => (done: number) => process.stderr.write(`\r${done} of ${garments.length} ${what}`);
const asTheyAre = await measure(weights, originals(), say('as they are'));
const asPhotos = await measure(weights, photos(), say('as photos'));
const statistics = fitStatistics(weights, asTheyAre, asPhotos, round);
const parameters = Object.fromEntries(
  [...tensors].filter(([name]) => !Object.hasOwn(statistics, name)).map(([name, tensor]) => [name, tensor.read()]),
);
const bytes = writeSafetensors(
  { ...parameters, ...statistics },
  {
    dtype: 'F16',
    metadata: {
      ...metadata,
      unusual: `tensors unusual.*: statistics of ${asTheyAre.length} training pictures and ${asPhotos.length} photos of them, by which classify knows an unusual picture; made by npm run unusual:fit`,
    },
  },
);
await writeFile(file, bytes);
process.stderr.write(`\n${bytes.length} bytes\n`);
