import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensor } from '@strata/core';
import { writeSafetensors } from '@strata/formats/safetensors';
import { expect, it } from 'vitest';
import { makeFolder } from './support/folder.js';
import { ramp, strata } from './support/strata.js';

const folder = makeFolder();

it('an error that lists tensors gives some of them in JSON, and how many there are more', async () => {
  const weights = join(folder, 'surplus.safetensors');
  const names = Array.from({ length: 30 }, (_, i) => `extra${i}`);
  writeFileSync(weights, writeSafetensors(Object.fromEntries(names.map((name) => [name, tensor([1], [0])]))));
  const { code, stdout } = await strata('classify', 'x.png', ...ramp, '--weights', weights, '--json');
  expect(code).toBe(1);
  const { error } = JSON.parse(stdout);
  // 116 parameters are missing, 30 tensors are surplus; 20 rows are shown.
  expect(error).toMatchObject({ code: 'WEIGHTS', table: { columns: ['name', 'got', 'want'], more: 126 } });
  expect(error.table.rows).toHaveLength(20);
  expect(error.table.rows).toContainEqual(['extra0', '[1]', 'none']);
  expect(error.message).not.toContain('\n');
});
