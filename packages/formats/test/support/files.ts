import { gzipSync } from 'node:zlib';
import { initialiseWeights, LayerBuilder } from '@strata/core';
import { type ZipOptions, zipOf as zipOfEntries } from '@strata/trials/files';
import { dump } from 'npyjs';
import type { FileFormat } from '../../src/identify/index.js';
import { exportOnnx } from '../../src/onnx/index.js';
import { fileOf } from './file-of.js';

/** One file, or its beginning, of every format that is told, and what it is. */
export const files: readonly (readonly [what: string, format: FileFormat, bytes: Uint8Array])[] = [
  ['nothing', 'empty', new Uint8Array(0)],
  ['room that a download did not fill', 'zeros', new Uint8Array(2000)],
  ['safetensors', 'safetensors', fileOf({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, 8)],
  ['safetensors without tensors', 'safetensors', fileOf('{}')],
  ['safetensors cut in its header', 'safetensors', fileOf({ w: { dtype: 'F32' } }).subarray(0, 20)],
  ['a .npy', 'npy', new Uint8Array(dump(Float32Array.of(1, 2), [2]))],
  ['a .npz', 'npz', zipOf({ 'x.npy': 'x', 'y.npy': 'y' })],
  ['an exported network', 'onnx', smallOnnx()],
  // The first bytes of files that the named program wrote.
  ['tf2onnx', 'onnx', hex('080712077466326f6e6e781a0b312e31372e30204e6f6e653a98cd070a7e0a06646174615f300a')],
  ['onnx-caffe2', 'onnx', hex('0803120b6f6e6e782d6361666665323a98cd070a7e0a06646174615f300a10636f6e76312f3778')],
  ['ONNX cut before its graph', 'onnx', hex('080a12077079746f7263681a0c322e31352e302b63753133')],
  ['Caffe', 'caffe', hex('0a09476f6f676c654e6574a206200a04646174611205496e707574220464617461fa080a0a080a060a03')],
  [
    'Caffe without a name',
    'caffe',
    hex('a206200a04646174611205496e707574220464617461fa080a0a080a060a03e001e001a206c913'),
  ],
  ['Caffe V1', 'caffe', hex('0a09476f6f676c654e657412bc131204646174611a0c636f6e76312f3778375f7332220c636f6e76')],
  ['Caffe V0', 'caffe-v0', hex('0a0843616666654e6574 12940b 0a8d0b 0a05636f6e7631 1204636f6e76 9203000000')],
  ['a prototxt', 'prototxt', text('# by hand\nname: "GoogleNet"\ninput: "data"\nlayer {\n  name: "conv1"\n}\n')],
  [
    'a frozen graph',
    'tensorflow',
    hex('0a1b 0a0178 120b506c616365686f6c646572 2a090a0564747970651200 0a05 0a0179 1200'),
  ],
  ['a saved model', 'tensorflow', hex('0801 1206 0a042200 1200')],
  ['TensorFlow Lite', 'tflite', hex('1c00000054464c3314002000')],
  ['GGUF', 'gguf', hex('47475546030000002300')],
  [
    'PyTorch',
    'pytorch-zip',
    zipOf({ 'net/data.pkl': '.', 'net/byteorder': 'little', 'net/data/0': 'x' }, { wide: true }),
  ],
  ['PyTorch 1.13', 'pytorch-zip', zipOf({ 'archive/data.pkl': '.', 'archive/data/0': 'x', 'archive/version': '3' })],
  ['PyTorch cut short', 'pytorch-zip', zipOf({ 'net/data.pkl': '.', 'net/data/0': 'x'.repeat(90) }).subarray(0, 120)],
  [
    'TorchScript',
    'torchscript',
    zipOf({ 'n/data/0': '', 'n/data.pkl': '.', 'n/code/a.py': '', 'n/constants.pkl': '' }),
  ],
  ['torch.export', 'exported-program', zipOf({ 'n/data/weights/weight_0': 'x', 'n/archive_format': 'pt2' })],
  ['torch.export of 2.1', 'exported-program', zipOf({ 'serialized_exported_program.json': '{}', version: '5.3' })],
  ['old PyTorch', 'pytorch-legacy', hex('80028a0a6cfc9c46f9206aa850192e80024de9032e80027d710028581000000070726f746f')],
  ['old PyTorch, protocol 4', 'pytorch-legacy', hex('8004950d000000000000008a0a6cfc9c46f9206aa850192e')],
  ['older PyTorch', 'pytorch-tar', tarOf('sys_info')],
  ['a pickle', 'pickle', hex('80049510000000000000007d9428')],
  ['HDF5', 'hdf5', join(hex('894844460d0a1a0a0000000000080800'), text('temperature'))],
  ['HDF5 behind a block', 'hdf5', join(new Uint8Array(512), hex('894844460d0a1a0a0000000000080800'))],
  ['Keras', 'keras-h5', join(hex('894844460d0a1a0a0000000000080800'), new Uint8Array(900), text('keras_version'))],
  [
    'weights of Keras 3',
    'keras-h5',
    join(hex('894844460d0a1a0a0000000000080800'), new Uint8Array(900), text('layers\0\0vars\0\0\0\0')),
  ],
  ['Keras 3', 'keras-zip', zipOf({ 'metadata.json': '{}', 'config.json': '{}', 'model.weights.h5': 'x' })],
  [
    'TensorFlow.js',
    'tfjs-model',
    text('{"format":"layers-model","modelTopology":{},"weightsManifest":[{"paths":[]}]}'),
  ],
  [
    'shards',
    'safetensors-index',
    text(
      '{"metadata":{"total_size":8},"weight_map":{"a":"m-1-of-2.safetensors","b":"m-1-of-2.safetensors","c":"m-2-of-2.safetensors"}}',
    ),
  ],
  ['JSON', 'json', text('\ufeff { "a": 1 }')],
  ['a list', 'json', text('[\n  {"label": "Bag"}\n]')],
  ['a page', 'html', text('\n<!-- built -->\n<!DOCTYPE HTML>\n<html lang="en"><script type="module" src="/x.js">')],
  ['a page without a type', 'html', text('<html><body><h1>404 Not Found</h1></body></html>')],
  ['XHTML', 'html', text('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">\n<html>')],
  ["a store's refusal", 'xml', text('<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>')],
  ['Git LFS', 'git-lfs', text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n')],
  ['words', 'text', text('Invoice 42\nGrüße, 価格\t10 €\n')],
  ['one letter', 'text', text('a')],
  ['words of Windows', 'text', hex('4772fcdf65 2064616e6b65 2c20 64 61 73 20 77 61 72 20 67 75 74')],
  ['UTF-16', 'text', join(hex('fffe'), Buffer.from('Invoice 42', 'utf16le'))],
  ['JPEG', 'jpeg', hex('ffd8ffe000104a46494600')],
  ['PNG', 'png', hex('89504e470d0a1a0a0000000d49484452')],
  ['WebP', 'webp', join(text('RIFF'), hex('24000000'), text('WEBPVP8 '))],
  ['GIF', 'gif', text('GIF89a\x01\x00')],
  ['BMP', 'bmp', join(text('BM'), hex('3600010000000000 36000000'))],
  ['AVIF', 'avif', join(hex('0000001c'), text('ftypavif'))],
  ['TIFF', 'tiff', hex('49492a0008000000')],
  ['TIFF of the other order', 'tiff', hex('4d4d002a00000008')],
  ['SVG', 'svg', text('<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [
    'SVG of Inkscape',
    'svg',
    text(
      '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<!-- Inkscape -->\n<svg width="9">',
    ),
  ],
  [
    'SVG of Illustrator',
    'svg',
    text('<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y" [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]><svg>'),
  ],
  ['AVIF of a common brand', 'avif', join(hex('0000001c'), text('ftypmif1'), hex('00000000'), text('mif1avifmiaf'))],
  ['a film', 'video', join(hex('00000020'), text('ftypisom'))],
  ['WebM', 'video', hex('1a45dfa39f4286')],
  ['HEIC', 'heic', join(hex('00000018'), text('ftypheic'))],
  ['ICO', 'ico', hex('0000010001001010')],
  ['JPEG XL', 'jxl', hex('ff0a7f00')],
  ['Photoshop', 'psd', text('8BPS\x00\x01')],
  ['PDF', 'pdf', text('%PDF-1.7\n')],
  ['IDX', 'idx', join(hex('00000803 00000001 00000002 00000003'), new Uint8Array(6))],
  ['IDX cut short', 'idx', hex('00000801 0000000a 0102')],
  ['wasm', 'wasm', hex('0061736d01000000')],
  ['gzip', 'gzip', gzipSync('x')],
  ['bzip2', 'bzip2', hex('425a6839314159265359')],
  ['xz', 'xz', hex('fd377a585a00')],
  ['Zstandard', 'zstd', hex('28b52ffd2401')],
  ['7z', '7z', hex('377abcaf271c')],
  ['RAR', 'rar', text('Rar!\x1a\x07\x00')],
  ['a tar', 'tar', tarOf('data/boot.png')],
  ['a tar of today', 'tar', join(tarOf('././@PaxHeader', 'x'), tarOf('data/boot.png'))],
  ['a zip', 'zip', zipOf({ 'labels.txt': 'Bag', 'weights.safetensors': 'x' }, { comment: 'PK\x05\x06'.repeat(9) })],
  ['an empty zip', 'zip', zipOf({})],
  ['other bytes', 'unknown', hex('d1c2b3a405060708')],
];

/** A zip archive of texts, by name. */
export function zipOf(files: Readonly<Record<string, string>>, options?: ZipOptions): Buffer {
  return Buffer.from(zipOfEntries(Object.entries(files), options));
}

function smallOnnx(): Uint8Array {
  const layers = new LayerBuilder();
  const graph = layers.build([layers.linear('fc', layers.input('x', ['batch', 4]), { features: 2 })]);
  return exportOnnx(graph, initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 1 }));
}

/** A header and one block of data. */
function tarOf(name: string, kind = '0'): Uint8Array {
  const bytes = new Uint8Array(1024);
  bytes.set(text(name));
  bytes.set(text('00000000064'), 124);
  bytes.set(text(kind), 156);
  bytes.set(text('ustar'), 257);
  return bytes;
}

export function text(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}

export function hex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits.replace(/\s/g, ''), 'hex'));
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
