import { InputError, messageOf } from '@strata/core';
import { expect, it } from 'vitest';
import { parseNpy } from '../../src/npy/index.js';
import { files } from '../support/files.js';

it('says what another file is, and the way out', () => {
  const told = files
    .filter(([, format]) => format !== 'npy')
    .map(([what, , bytes]) => {
      try {
        parseNpy(bytes);
        return [what, 'taken'];
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        return [what, messageOf(error)];
      }
    });
  expect(Object.fromEntries(told)).toMatchSnapshot();
});
