// What a user of onnxruntime-node alone would write to classify one picture: the peer for the start-up of `strata
// classify`.
// usage: node classify-onnxruntime-node.mjs MODEL.onnx PICTURE
import { readFile } from 'node:fs/promises';
import ort from 'onnxruntime-node';
import sharp from 'sharp';

const labels = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
const [model, picture] = process.argv.slice(2);
const session = await ort.InferenceSession.create(await readFile(model));
const pixels = await sharp(picture)
  .rotate()
  .flatten({ background: 'white' })
  .greyscale()
  .negate()
  .trim({ background: 'black', threshold: 40 })
  .resize(28, 28, { fit: 'contain', background: 'black' })
  .resize(96, 96, { kernel: 'linear' })
  .greyscale()
  .raw()
  .toBuffer();
const input = Float32Array.from(pixels, (value) => value / 255);
const { fc } = await session.run({ picture: new ort.Tensor('float32', input, [1, 1, 96, 96]) });
const exponentials = Array.from(fc.data, Math.exp);
const sum = exponentials.reduce((total, value) => total + value, 0);
const best = exponentials.indexOf(Math.max(...exponentials));
console.log(picture, labels[best], (exponentials[best] / sum).toFixed(3));
