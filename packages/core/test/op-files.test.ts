import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LayerBuilder } from '../src/layers/index.js';
import { isOpKind, type OpKind, opTable } from '../src/ops/index.js';
import { referenceTable } from '../src/reference/index.js';

const source = (path: string) => new URL(`../src/${path}`, import.meta.url);
/** avgPool2d → avg-pool2d, as files are named; AvgPool2d, as types are. */
const fileOf = (op: OpKind) => op.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const typeOf = (op: OpKind) => `${op[0].toUpperCase()}${op.slice(1)}`;
const files = (room: string) => readdirSync(source(room)).map((file) => file.replace('.ts', ''));

describe.each(Object.keys(opTable).filter(isOpKind))('%s', (op) => {
  it('has files of its name in ops and layers, and in reference where it computes', () => {
    expect(files('ops')).toContain(fileOf(op));
    expect(files('layers')).toContain(fileOf(op));
    expect(files('reference').includes(fileOf(op))).toBe(Object.hasOwn(referenceTable, op));
  });

  it('is a call of LayerBuilder', () => {
    expect(new LayerBuilder()[op]).toBeTypeOf('function');
  });

  it('exports its attributes and the options of its layer', () => {
    // A word of its own: LeakyReluOptions are not relu's.
    const stands = (text: string, file: string) => new RegExp(`\\b${text}\\b`).test(readFileSync(source(file), 'utf8'));
    const attributes = `${typeOf(op)}Attributes`;
    expect(stands(attributes, 'ops/index.ts'), `${attributes} in ops/index.ts`).toBe(true);
    const options = `${typeOf(op)}Options`;
    const declared = stands(`export interface ${options}`, `layers/${fileOf(op)}.ts`);
    expect(stands(options, 'layers/index.ts'), `${options} in layers/index.ts`).toBe(declared);
  });

  it('names its parameters after its inputs', () => {
    const { inputs, parameters } = opTable[op];
    expect(inputs).toEqual(expect.arrayContaining(Object.keys(parameters)));
  });
});
