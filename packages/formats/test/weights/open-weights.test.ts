import { describe, expect, it } from 'vitest';
import { openWeights } from '../../src/weights/index.js';

describe('openWeights', () => {
  it('takes a program of another kind for no damaged safetensors', async () => {
    const elf = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...new Uint8Array(56)]);
    await expect(openWeights(elf, 'a.out')).rejects.toThrow(
      'a.out: a file of an unknown kind that begins 7f 45 4c 46 02 01 01 00, want a file of weights',
    );
  });

  it('leaves what begins as safetensors do to their reader', async () => {
    const damaged = Uint8Array.from([200, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode('{"a":')]);
    await expect(openWeights(damaged, 'w')).rejects.toThrow('want at least 208');
  });
});
