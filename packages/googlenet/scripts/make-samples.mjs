// Makes the sample pictures: Fashion-MNIST test pictures drawn as a shop would photograph them.
// Usage, after a build: node scripts/make-samples.mjs FOLDER-OF-THE-IDX-FILES
import sharp from 'sharp';
import { loadFashionMnist } from '../dist/fashion-mnist/index.js';

/** `colour` is the garment's where the original is fullest. */
const samples = [
  { file: 'ankle-boot.jpg', picture: 2, colour: [42, 26, 18] },
  { file: 'sneaker.jpg', picture: 21, colour: [18, 26, 60], width: 420, height: 300 },
  { file: 'trouser.jpg', picture: 7, colour: [16, 22, 40], width: 300, height: 440 },
  { file: 't-shirt.jpg', picture: 19, colour: [70, 10, 16] },
  { file: 'pullover.jpg', picture: 0, colour: [24, 32, 20] },
  { file: 'bag.png', picture: 3, colour: [34, 12, 34], width: 220, height: 220, transparent: true },
  { file: 'dress.png', picture: 12, colour: [250, 240, 235], paper: 12, width: 200, height: 300 },
  { file: 'sandal.png', picture: 18, colour: [40, 24, 12], width: 220, height: 200, transparent: true },
];

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/make-samples.mjs FOLDER');
  process.exit(2);
}
const { images } = await loadFashionMnist(folder, 'test');
for (const sample of samples) {
  const info = await draw(sample).toFile(new URL(`../samples/${sample.file}`, import.meta.url).pathname);
  console.log(sample.file, `${info.width}×${info.height}`, `${info.size} bytes`);
}

/** A garment of its own colour before paper with a soft shadow and a little noise, cut out, or light on dark. */
function draw({ file, picture, colour, paper = 246, width = 360, height = 360, transparent = false }) {
  const side = Math.round(0.8 * Math.min(width, height));
  const ink = enlarge(images.subarray(picture * 784, (picture + 1) * 784), side);
  const pixels = new Uint8Array(width * height * 4);
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = ink(x - left, y - top);
      const across = (x - width / 2) / (0.4 * side);
      const down = (y - top - 0.9 * side) / (0.06 * side);
      const shadow = paper < 128 ? 0 : 14 * Math.exp(-(across ** 2) - down ** 2);
      const behind = transparent ? 255 : paper - shadow + 2 * noise(x, y);
      for (let channel = 0; channel < 3; channel++) {
        const shade = behind + (colour[channel] - behind) * value;
        pixels[4 * (y * width + x) + channel] = Math.min(Math.max(Math.round(shade), 0), 255);
      }
      pixels[4 * (y * width + x) + 3] = transparent ? Math.round(255 * Math.min(value * 6, 1)) : 255;
    }
  }
  const image = sharp(pixels, { raw: { width, height, channels: 4 } });
  return file.endsWith('.jpg') ? image.removeAlpha().jpeg({ quality: 82 }) : image.png();
}

/** Bilinear, 0 outside. */
function enlarge(bytes, side) {
  const at = (x, y) => (x >= 0 && x < 28 && y >= 0 && y < 28 ? bytes[y * 28 + x] / 255 : 0);
  return (x, y) => {
    const [u, v] = [((x + 0.5) * 28) / side - 0.5, ((y + 0.5) * 28) / side - 0.5];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [a, b] = [u - i, v - j];
    return (1 - b) * ((1 - a) * at(i, j) + a * at(i + 1, j)) + b * ((1 - a) * at(i, j + 1) + a * at(i + 1, j + 1));
  };
}

/** The same for every run: −1 to 1. */
function noise(x, y) {
  const wave = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
}
