import { deflateRawSync } from 'node:zlib';
import {
  joinBytes,
  littleEndian,
  type Numbers,
  none,
  type Pickled,
  pickleNamed,
  pickleTensor,
  pickleText,
  zipCheckpoint,
  zipOf,
} from '@strata/trials/files';
import { describe, expect, it } from 'vitest';
import { openPyTorch } from '../../src/pytorch/index.js';
import { fileWith, four, refusal, tensor } from './support.js';

const deflate = (bytes: Uint8Array) => deflateRawSync(bytes);

function repeated(part: Uint8Array | string, times: number): Uint8Array {
  return joinBytes(Buffer.alloc(times * part.length, part));
}

describe('a file that is made to take memory or time', () => {
  it('of zeros that are packed to a thousandth is refused unless it is small', () => {
    const zeros = (elements: number): Numbers => {
      return { key: '0', type: 'FloatStorage', elements, bytes: new Uint8Array(4 * elements) };
    };
    const file = (numbers: Numbers) => {
      const root = pickleNamed([['w', pickleTensor(numbers, { shape: [numbers.elements], strides: [1] })]]);
      return zipCheckpoint(root, [numbers], { deflate });
    };
    expect(
      openPyTorch(file(zeros(2 ** 20)))
        .tensors.get('w')
        ?.read().data.length,
    ).toBe(2 ** 20);
    expect(refusal(file(zeros(2 ** 23)))).toMatchInlineSnapshot(
      `"w.pth: entry "net/data/0": 33554432 bytes, packed into 32617, want at most 16810387; it may be a trap; if it is none, unpack the archive and pack it anew without compression (zip -0 -r)"`,
    );
  });

  it('whose entry unpacks to more or less than it says is refused when it is read', () => {
    const good = zipCheckpoint(pickleNamed([['w', tensor]]), [four], { deflate });
    const lying = (content: Uint8Array) => {
      const packed = (bytes: Uint8Array) => (bytes.length === 16 ? deflate(content) : deflate(bytes));
      return refusal(zipCheckpoint(pickleNamed([['w', tensor]]), [four], { deflate: packed }));
    };
    expect(openPyTorch(good).tensors.get('w')?.read().data).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(lying(new Uint8Array(12))).toMatchInlineSnapshot(
      `"w.pth: entry "net/data/0": 12 when unpacked, want 16 bytes; the file is damaged: get it again"`,
    );
    expect(lying(new Uint8Array(2 ** 22))).toMatchInlineSnapshot(
      `"w.pth: entry "net/data/0": more when unpacked, want 16 bytes; the file is damaged: get it again"`,
    );
    expect(refusal(zipOf([['x/data.pkl', '']], { deflate: () => Uint8Array.of(7) }))).toMatchInlineSnapshot(
      `"w.pth: entry "x/data.pkl": cannot be unpacked: invalid block type, want 0 bytes; the file is damaged: get it again"`,
    );
  });

  it('of a million marks, values, names or lists is refused', () => {
    const pickled = (part: Pickled) => refusal(fileWith(part));
    expect(pickled(repeated('(', 1_000_000))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 100003: a pickle of too many open things, want what a file of this size may hold; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(pickled(repeated('N', 1_000_000))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 100003: a pickle of too many open things, want what a file of this size may hold; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(pickled(joinBytes(none, repeated(Uint8Array.of(0x94), 1_000_000)))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 878882: a pickle of too many things, want what a file of this size may hold; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(pickled(repeated(']0', 1_000_000))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 459441: a pickle of too many things, want what a file of this size may hold; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(pickled(joinBytes(Uint8Array.of(0x8b), littleEndian(4, 2 ** 31)))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 7: a whole number of 2147483648 bytes, want at most 1024; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(pickled(joinBytes('X', littleEndian(4, 2 ** 32 - 1), 'abc'))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 7: 4 bytes, want 4294967295; the file is cut short or damaged: get it again"`,
    );
  });

  it('that holds itself, or doubles sixty times, ends at once', () => {
    expect(refusal(fileWith(joinBytes('}q\0', pickleText('model'), 'h\0s')))).toMatchInlineSnapshot(
      `"w.pth: a dictionary without tensors, want tensors by name; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    const doubled = repeated('q\0](h\0h\0e', 60);
    expect(refusal(fileWith(joinBytes('N', doubled)))).toContain('a list, want tensors by name');
  });

  it('of thousands of dictionaries that hold the same thousands ends soon', () => {
    const inner = joinBytes(
      '}q\0(',
      ...Array.from({ length: 20_000 }, (_, at) => joinBytes('J', littleEndian(4, at), '}')),
      'u',
    );
    const outer = Array.from({ length: 20_000 }, (_, at) => joinBytes(pickleText(`k${at}`), '}(Nh\0u'));
    const { user } = process.cpuUsage();
    expect(refusal(fileWith(joinBytes(inner, '}(', ...outer, 'u')))).toContain('a dictionary without tensors');
    expect(process.cpuUsage().user - user).toBeLessThan(1_000_000);
  });

  it('of the same numbers under a thousand names is refused', () => {
    const elements = 2 ** 18;
    const large: Numbers = { key: '0', type: 'FloatStorage', elements, bytes: new Uint8Array(4 * elements) };
    const alias = pickleTensor(large, { shape: [elements], strides: [1] });
    const file = (names: number) =>
      zipCheckpoint(pickleNamed(Array.from({ length: names }, (_, at): [string, Pickled] => [`w${at}`, alias])), [
        large,
      ]);
    expect(openPyTorch(file(20)).tensors.size).toBe(20);
    expect(refusal(file(1000))).toMatchInlineSnapshot(
      `"w.pth: tensors of 1048576000 bytes, all in a file of 1189898, want at most 86147232; it may be a trap: many tensors that are the same numbers"`,
    );
  });
});
