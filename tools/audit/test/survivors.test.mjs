import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { listStale } from '../mutation/explain-survivors.mjs';
import { explanations } from '../mutation/survivors/index.mjs';

const root = resolve(import.meta.dirname, '../../..');

it('every explanation names a line that is there', () => {
  expect(explanations.length).toBeGreaterThan(100);
  expect(listStale(explanations, root)).toEqual([]);
});

it('a line that is not there, or a file, is found', () => {
  const line = { file: 'src/backend/serial-queue.ts', code: 'no such line', why: 'Gone.' };
  const file = { file: 'src/backend/no-such-file.ts', code: '', why: 'Gone.' };
  const there = { file: 'src/backend/serial-queue.ts', code: 'class SerialQueue', why: 'Never.' };
  expect(listStale([line, there, file], root)).toEqual([line, file]);
});
