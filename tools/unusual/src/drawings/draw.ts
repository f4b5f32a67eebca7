import { createRandom } from '@strata/core';
import type { Picture } from '@strata/googlenet';
import type { Kind } from './pen.js';

/** `count` pictures of a kind; the same for the same key. */
export function* draw(kind: Kind, count: number, key: string): Generator<Picture> {
  for (let index = 0; index < count; index++) {
    const drawing = kind(createRandom(`${key} ${index}`));
    yield typeof drawing === 'string' ? new TextEncoder().encode(drawing) : drawing;
  }
}
