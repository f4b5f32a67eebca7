import { createDraw } from './draw.js';
import { mutate } from './mutate.js';
import { type SubjectName, subjects } from './subjects/index.js';

const seedFiles = new Map<SubjectName, readonly (readonly Uint8Array[])[]>();

/** File `index` of a run: a changed seed, or one in eight times a trap. It depends on nothing but its arguments. */
export function makeCase(name: SubjectName, seed: number, index: number): Uint8Array {
  const { seeds, fixtures = seeds, traps } = subjects[name];
  const known = seedFiles.get(name) ?? [seeds(), fixtures()];
  seedFiles.set(name, known);
  const draw = createDraw(seed, index);
  const files = known[draw.once(16) ? 1 : 0];
  if (draw.once(8)) {
    const trap = draw.one(traps)(draw);
    return draw.once(4) ? mutate(trap, draw, files) : trap;
  }
  return mutate(draw.one(files), draw, files);
}
