import { createBackend } from '@strata/backend-onnx';
import { loadGoogLeNet } from '@strata/googlenet';
import { openGarments } from './data.js';
import { draw } from './drawings/draw.js';
import { isStranger, kinds } from './drawings/kinds.js';
import { join, type Rate, rate } from './evaluate.js';
import { formatPage, type Goal, isReached } from './page.js';
import { photograph } from './photograph.js';
import { asPicture, mirror, turn } from './pictures.js';
import { loadSamples, mirrorPixels, turnPixels } from './samples.js';
import { measureSpeeds } from './speed.js';

/** `npm run unusual -- [FOLDER]`: prints the page docs/reports/unusual.md; exit code 1 when a goal is missed. */
const [folder] = process.argv.slice(2);
/** Pictures of each kind that show no garment. */
const perKind = 12;

const backend = await createBackend();
const net = await loadGoogLeNet({ backend });
const garments = await openGarments(folder, 'test');
const samples = await loadSamples();
const report = ({ name, count }: Rate) => process.stderr.write(`\r\u001b[K${name}: ${count}`);

/** Every `step`-th test picture as `make` has it. */
function* each<T>(step: number, make: (garment: Uint8Array, index: number) => T): Generator<T> {
  for (let index = 0; index < garments.length; index += step) yield make(garments[index], index);
}

const asTheyAre = await rate(net, 'test pictures, as they are', each(1, asPicture), report);
const photos = await rate(
  net,
  'test pictures, as photos',
  each(1, (one, index) => photograph(one, `test ${index}`)),
  report,
);
const mirrored = await rate(
  net,
  'every fifth, mirrored',
  each(5, (one) => asPicture(mirror(one))),
  report,
);
const turned = await rate(
  net,
  'every fifth, turned by a quarter',
  each(5, (one) => asPicture(turn(one))),
  report,
);
const turnedPhotos = await rate(
  net,
  'every fifth, turned by a quarter, as photos',
  each(5, (one, index) => photograph(turn(one), `turned ${index}`)),
  report,
);
const shipped = await rate(net, 'samples', samples, report);
const mirroredSamples = await rate(net, 'samples, mirrored', samples.map(mirrorPixels), report);
const turnedSamples = await rate(net, 'samples, turned by a quarter', samples.map(turnPixels), report);
const drawn: Rate[] = [];
for (const [name, kind] of kinds) drawn.push(await rate(net, name, draw(kind, perKind, `evaluation ${name}`), report));
const noGarment = join('no garment', drawn);
const heldOut = join(
  'no garment, kinds that nothing was chosen on',
  drawn.filter(({ name }) => isStranger(name)),
);
const goals: Goal[] = [
  { rate: asTheyAre, most: 0.06 },
  { rate: photos, most: 0.06 },
  { rate: mirrored, most: 0.06 },
  { rate: shipped, most: 0 },
  { rate: mirroredSamples, most: 0 },
  { rate: noGarment, least: 0.95 },
  { rate: heldOut, least: 0.95 },
  { rate: turned, least: 0.75 },
  { rate: turnedPhotos, least: 0.75 },
  { rate: turnedSamples, least: 0.75 },
];
await net.dispose();
await backend.dispose();
process.stderr.write('\n');
process.stdout.write(formatPage(goals, drawn, await measureSpeeds()));
process.exitCode = goals.every(isReached) ? 0 : 1;
