import { messageOf, WeightsError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { openSafetensors } from '../../src/safetensors/index.js';
import { files } from '../support/files.js';

/** What each file is refused with; `undefined` where it is taken. */
function refusal(bytes: Uint8Array): string | undefined {
  try {
    openSafetensors(bytes, 'w');
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(WeightsError);
    expect(messageOf(error)).not.toContain('\n');
    expect(messageOf(error).length).toBeLessThan(250);
    return messageOf(error);
  }
}

describe('openSafetensors', () => {
  it('says what another file is, and the way out', () => {
    const told = Object.fromEntries(files.map(([what, , bytes]) => [what, refusal(bytes)]));
    expect(told).toMatchSnapshot();
  });
});
