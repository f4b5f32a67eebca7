import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { computeKinds, opTable } from '@strata/core';
import { referenceTable } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { generators } from '../src/generators/table.js';
import { laws } from '../src/laws/index.js';

/** maxPool2d → max-pool2d, as files are named. */
const fileOf = (op: string) => `${op.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The room in which each backend says how it does an op. */
const rooms = {
  onnx: 'packages/backend-onnx/src/lowerings',
  tfjs: 'packages/backend-tfjs/src/lowerings',
  gpujs: 'packages/backend-gpujs/src/kernels',
};

describe('every op', () => {
  it.each(computeKinds)('%s has its spec, reference, generator, and a lowering of its name in each backend', (op) => {
    expect(opTable[op].kind).toBe(op);
    expect(referenceTable[op]).toBeTypeOf('function');
    expect(generators[op]).toBeDefined();
    const files = [
      `packages/core/src/ops/${fileOf(op)}`,
      `packages/core/src/reference/${fileOf(op)}`,
      `tools/conformance/src/generators/${fileOf(op)}`,
      ...Object.values(rooms).map((room) => `${room}/${fileOf(op)}`),
    ];
    expect(files.filter((file) => !existsSync(root(file)))).toEqual([]);
  });

  it.each(computeKinds)('%s is spoken of by a law, but where it has nothing to compute', (op) => {
    const copies = ['dropout', 'flatten'].includes(op);
    expect(laws.some(({ ops }) => ops.includes(op))).toBe(!copies);
  });
});

it('knows the room of every backend there is', () => {
  const found = readdirSync(root('packages')).filter((name) => name.startsWith('backend-'));
  expect(found.map((name) => name.slice('backend-'.length)).sort()).toEqual(Object.keys(rooms).sort());
});
