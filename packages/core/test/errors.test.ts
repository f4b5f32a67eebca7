import { describe, expect, it } from 'vitest';
import {
  DeviceError,
  DisposedError,
  GraphError,
  InputError,
  messageOf,
  ShapeError,
  StrataError,
  UnsupportedError,
  WeightsError,
} from '../src/errors.js';

const complaint = { where: 'conv1 (conv2d)', got: 'this', want: 'that', hint: 'do so' };

describe('an error', () => {
  it('says where, got, want and hint in one line; want and hint may be left out', () => {
    expect(String(new ShapeError(complaint))).toBe('ShapeError: conv1 (conv2d): this, want that; do so');
    expect(new ShapeError({ where: 'a', got: 'b' }).message).toBe('a: b');
    expect(new ShapeError({ where: 'a', got: 'b', hint: 'c' }).message).toBe('a: b; c');
  });

  it('has a code that does not change', () => {
    const kinds = [ShapeError, GraphError, WeightsError, UnsupportedError, DeviceError, InputError, DisposedError];
    expect(kinds.map((Kind) => new Kind(complaint)).map(({ name, code }) => `${name} ${code}`)).toEqual([
      'ShapeError SHAPE',
      'GraphError GRAPH',
      'WeightsError WEIGHTS',
      'UnsupportedError UNSUPPORTED',
      'DeviceError DEVICE',
      'InputError INPUT',
      'DisposedError DISPOSED',
    ]);
    for (const Kind of kinds) {
      const error = new Kind(complaint);
      expect(error).toBeInstanceOf(StrataError);
      expect(error).toBeInstanceOf(Error);
      expect([error.where, error.hint]).toEqual(['conv1 (conv2d)', 'do so']);
    }
  });

  it('lists below its line what it counts, at most 20 rows; the table has all', () => {
    const rows = Array.from({ length: 57 }, (_, index) => [
      `conv${index}.weight`,
      index % 2 ? 'missing' : '[64]',
      '[3]',
    ]);
    const error = new WeightsError({ ...complaint, table: { columns: ['name', 'got', 'want'], rows } });
    expect(error.summary).toBe('conv1 (conv2d): this, want that; do so');
    const lines = error.message.split('\n');
    expect(lines.slice(0, 4)).toEqual([
      error.summary,
      'name           got      want',
      'conv0.weight   [64]     [3]',
      'conv1.weight   missing  [3]',
    ]);
    expect(lines.slice(-2)).toEqual(['conv19.weight  missing  [3]', '… and 37 more']);
    expect(error.table?.rows).toEqual(rows);
    expect(Object.keys(error)).toEqual(Object.keys(new WeightsError(complaint)));
    expect(new WeightsError(complaint).summary).toBe(new WeightsError(complaint).message);
  });

  it('keeps its cause, and has none when none is given', () => {
    const cause = new Error('below');
    expect(new DeviceError({ ...complaint, cause }).cause).toBe(cause);
    expect('cause' in new DeviceError(complaint)).toBe(false);
  });
});

describe('DeviceError.wrap', () => {
  it('leaves our own errors and aborts, and names the library for all else', () => {
    const own = new GraphError(complaint);
    const abort = AbortSignal.abort().reason;
    expect(DeviceError.wrap(own, 'here', 'lib')).toBe(own);
    expect(DeviceError.wrap(abort, 'here', 'lib')).toBe(abort);
    const thrown = new TypeError('x is undefined');
    const wrapped = DeviceError.wrap(thrown, 'here', 'lib');
    expect(String(wrapped)).toBe('DeviceError: here: lib failed: x is undefined');
    expect(wrapped).toHaveProperty('cause', thrown);
    expect(String(DeviceError.wrap(17, 'here', 'lib'))).toBe('DeviceError: here: lib failed: 17');
  });
});

it('messageOf gives the text of anything thrown', () => {
  expect([new Error('a'), 'b', 3, undefined].map(messageOf)).toEqual(['a', 'b', '3', 'undefined']);
});
