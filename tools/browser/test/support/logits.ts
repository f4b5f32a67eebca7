import { tensor } from '@strata/core';
import { type LoadOptions, loadGoogLeNet } from '@strata/googlenet';

/** The logits that a network with a user's weights gives for a wave, the same in Node and in a page. */
export async function logitsOf(options: LoadOptions & Required<Pick<LoadOptions, 'input'>>): Promise<Float32Array> {
  const net = await loadGoogLeNet(options);
  const shape = [1, ...options.input];
  const length = shape.reduce((product, size) => product * size, 1);
  const picture = tensor(
    shape,
    Float32Array.from({ length }, (_, i) => Math.sin(i)),
  );
  const [logits] = Object.values(await net.run(picture));
  await net.dispose();
  return Float32Array.from(logits.data);
}
