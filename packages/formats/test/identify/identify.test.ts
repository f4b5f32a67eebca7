import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify } from '../../src/identify/index.js';
import { files, hex, join, text, zipOf } from '../support/files.js';

describe('identify', () => {
  it.each(files)('tells %s: %s', (_, format, bytes) => {
    expect(identify(bytes).format).toBe(format);
  });

  it('knows no more of a view than what it shows', () => {
    for (const [what, format, bytes] of files) {
      const whole = join(text('GIF89a'), bytes, text('{"weight_map":{}}<html>'));
      expect(identify(whole.subarray(6, 6 + bytes.length)), what).toEqual(identify(bytes));
      expect(identify(bytes).format, what).toBe(format);
    }
  });

  it('names the files in an archive and the shards of an index', () => {
    expect(identify(zipOf({ 'a.txt': '1', 'b/c.bin': '2', d: '3', e: '4' })).files).toEqual(['a.txt', 'b/c.bin', 'd']);
    const tar = files.find(([what]) => what === 'a tar of today')?.[2] ?? new Uint8Array(0);
    expect(identify(tar).files).toEqual(['data/boot.png']);
    const index = files.find(([what]) => what === 'shards')?.[2] ?? new Uint8Array(0);
    expect(identify(index).files).toEqual(['m-1-of-2.safetensors', 'm-2-of-2.safetensors']);
  });

  it('says how long a file that is cut short was', () => {
    const told = (digits: string) => identify(hex(digits)).name;
    expect(told('00000803 00000001 00000002 00000003 aabb')).toBe('an IDX file of 18 bytes, whose header needs 22');
    expect(told('0000080300000001')).toBe('an IDX file of 8 bytes, whose header needs 16');
    expect(told('00000d01 00000002 00000000')).toBe('an IDX file of 12 bytes, whose header needs 16');
    expect(told('4000000000000000 7b2277223a')).toBe('a safetensors file of 13 bytes, whose header needs 72');
    // A graph of 126,616 bytes from byte 19 on.
    expect(told('0803120b6f6e6e782d6361666665323a98dd070a7e0a06')).toBe(
      'an ONNX network of 23 bytes, whose header needs 126635',
    );
    const cut = zipOf({ 'net/data.pkl': 'x'.repeat(90) }).subarray(0, 100);
    expect(identify(cut)).toEqual({
      format: 'pytorch-zip',
      name: 'a PyTorch checkpoint that is cut short',
      files: ['net/data.pkl'],
      isCut: true,
    });
    expect(files.filter(([, , bytes]) => identify(bytes).isCut).map(([what]) => what)).toMatchInlineSnapshot(`
      [
        "safetensors cut in its header",
        "tf2onnx",
        "onnx-caffe2",
        "ONNX cut before its graph",
        "Caffe",
        "Caffe without a name",
        "Caffe V1",
        "Caffe V0",
        "PyTorch cut short",
        "IDX cut short",
      ]
    `);
  });

  it('believes no size and no place that a zip archive claims', () => {
    const good = zipOf({ 'net/data.pkl': '.', 'net/data/0': 'x' }, { wide: true });
    const end64 = good.indexOf('PK\x06\x06');
    const locator = good.indexOf('PK\x06\x07');
    for (const [at, bytes] of [
      [end64 + 48, 'ffffffffffffffff'],
      [end64 + 48, '0000000000000000'],
      [locator + 8, 'ffffffffffffff7f'],
      [good.indexOf('PK\x01\x02') + 28, 'ffffffff'],
    ] as const) {
      const lying = Uint8Array.from(good);
      lying.set(hex(bytes), at);
      expect(identify(lying).format).toBe('pytorch-zip');
    }
  });

  it('takes any bytes', () => {
    const sample = fc.constantFrom(...files.map(([, , bytes]) => bytes).filter(({ length }) => length > 0));
    fc.assert(
      fc.property(
        sample,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.nat(),
        (bytes, edits, end) => {
          const damaged = Uint8Array.from(bytes);
          for (const [at, value] of edits) damaged[at % damaged.length] = value;
          const { name, files: named } = identify(damaged.subarray(0, 1 + (end % damaged.length)));
          expect(name.length).toBeLessThan(100);
          expect(named.length).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => identify(bytes).name !== ''),
      { numRuns: 20_000 },
    );
  });

  it('is quick on files that are made to be slow', () => {
    const length = 4_000_000;
    for (const part of [
      '# ',
      '<!--',
      '<!---->',
      'PK\x05\x06',
      '{"a":',
      ':"',
      '"weight_map":',
      '\n \n',
      '\0',
      '\x0a\x01a',
    ]) {
      const long = text(part.repeat(length / part.length));
      const began = process.cpuUsage();
      for (const start of ['', 'PK\x03\x04', '{"', 'name: "']) identify(join(text(start), long));
      expect(process.cpuUsage(began).user / 1000, JSON.stringify(part)).toBeLessThan(2000);
    }
  });
});
