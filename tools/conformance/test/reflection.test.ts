import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { computeKinds, opTable } from '@strata/core';
import { referenceTable } from '@strata/core/reference';
import { generators } from '@strata/trials';
import { describe, expect, it } from 'vitest';

/** maxPool2d → max-pool2d, as files are named. */
const fileOf = (op: string) => `${op.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The room in which each backend says how it does an op. */
const rooms = readdirSync(root('packages'))
  .filter((name) => name.startsWith('backend-'))
  .map((name) => `packages/${name}/src/lowerings`);

/** ONNX's own forms, which a backend's table may take for what it does not do otherwise. */
const standardForm = 'packages/formats/src/onnx/operators';
const takesStandardForm = (room: string) =>
  readFileSync(root(`${room}/lowering-table.ts`), 'utf8').includes('...operatorTable');

describe('every op', () => {
  it.each(computeKinds)('%s has its spec, reference, generator, and a lowering of its name in each backend', (op) => {
    expect(opTable[op]).toBeDefined();
    expect(referenceTable[op]).toBeTypeOf('function');
    expect(generators[op]).toBeDefined();
    const files = [
      `packages/core/src/ops/${fileOf(op)}`,
      `packages/core/src/reference/${fileOf(op)}`,
      `tools/trials/src/generators/${fileOf(op)}`,
      ...rooms.map((room) => {
        const own = `${room}/${fileOf(op)}`;
        return takesStandardForm(room) && !existsSync(root(own)) ? `${standardForm}/${fileOf(op)}` : own;
      }),
    ];
    expect(files.filter((file) => !existsSync(root(file)))).toEqual([]);
  });
});
