// A numeric padding with a rectangular window: the width is computed from the window's height.
import { conclude } from './support/conclude.mjs';
import { tf } from './support/tfjs.mjs';

await tf.setBackend('cpu');
const x = tf.zeros([1, 8, 8, 1]);
const numeric = tf.maxPool(x, [3, 2], [1, 1], 0).shape;
const explicit = tf.maxPool(x, [3, 2], [1, 1], 'valid').shape;
console.log(`[3, 2] over [8, 8], pad 0: ${numeric}; 'valid': ${explicit}`);
conclude(numeric.join() !== explicit.join());
