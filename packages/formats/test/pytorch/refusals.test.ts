import {
  joinBytes,
  legacyCheckpoint,
  pickleBuilt,
  pickleCall,
  pickleGlobal,
  pickleInteger,
  pickleNamed,
  pickleOf,
  pickleParameter,
  pickleStorage,
  pickleTensor,
  pickleText,
  pickleTuple,
  zipCheckpoint,
  zipOf,
} from '@strata/trials/files';
import { describe, expect, it } from 'vitest';
import { openPyTorch } from '../../src/pytorch/index.js';
import { openWeights } from '../../src/weights/index.js';
import { files } from '../support/files.js';
import { fileWith, four, refusal, tensor } from './support.js';

/** What a file with an object of this class is refused with. */
const named = (module: string, name: string) =>
  refusal(
    fileWith(
      pickleNamed([
        ['w', tensor],
        ['x', pickleCall(pickleGlobal(module, name), pickleText('touch x'))],
      ]),
    ),
  );

describe('a checkpoint is refused', () => {
  it('by the name of what it would call or make, with the way out', () => {
    expect(named('posix', 'system')).toMatchInlineSnapshot(
      `"w.pth: it holds posix.system: a command, which Python would run, want tensors and plain data; do not open it in Python; get the weights from a source that you trust"`,
    );
    expect(named('__builtin__', 'eval')).toMatchInlineSnapshot(
      `"w.pth: it holds builtins.eval: a command, which Python would run, want tensors and plain data; do not open it in Python; get the weights from a source that you trust"`,
    );
    expect(named('torchvision.models.googlenet', 'GoogLeNet')).toMatchInlineSnapshot(
      `"w.pth: it holds torchvision.models.googlenet.GoogLeNet: an object of Python, not weights alone, want tensors and plain data; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(named('__main__', 'Net')).toMatchInlineSnapshot(
      `"w.pth: it holds __main__.Net: an object of Python, not weights alone, want tensors and plain data; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(named('torch._utils', '_rebuild_qtensor')).toMatchInlineSnapshot(
      `"w.pth: it holds torch._utils._rebuild_qtensor: quantised weights, want tensors and plain data; in Python, save the model as it was before: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(named('torch', 'QInt8Storage')).toMatchInlineSnapshot(
      `"w.pth: it holds torch.QInt8Storage: quantised weights, want tensors and plain data; in Python, save the model as it was before: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(named('torch._utils', '_rebuild_sparse_tensor')).toMatchInlineSnapshot(
      `"w.pth: it holds torch._utils._rebuild_sparse_tensor: sparse tensors, want tensors and plain data; in Python, call to_dense() on each, and torch.save them again"`,
    );
    expect(named('torch.distributed.tensor', 'DTensor')).toMatchInlineSnapshot(
      `"w.pth: it holds torch.distributed.tensor.DTensor: tensors that are spread over machines, want tensors and plain data; in Python, gather them (full_tensor()) and torch.save them again"`,
    );
    expect(named('torch._utils', '_rebuild_meta_tensor_no_storage')).toMatchInlineSnapshot(
      `"w.pth: it holds torch._utils._rebuild_meta_tensor_no_storage: tensors without data (of device meta), want tensors and plain data; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth"), with their data loaded"`,
    );
    expect(named('numpy.core.multiarray', '_reconstruct')).toMatchInlineSnapshot(
      `"w.pth: it holds numpy.core.multiarray._reconstruct: NumPy arrays, want tensors and plain data; in Python, torch.from_numpy each, and torch.save them"`,
    );
    expect(named('m'.repeat(400), 'x"')).toMatchInlineSnapshot(
      `"w.pth: it holds mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm…: an object of Python, not weights alone, want tensors and plain data; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    // Names that every object has in JavaScript are none of the list.
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(named('torch', name)).toContain(`torch.${name}`);
  });

  it('when a name of the list is called that is no function', () => {
    expect(named('torch', 'FloatStorage')).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 181: a call of torch.FloatStorage, want a function of the list; the file is damaged, or not a PyTorch checkpoint"`,
    );
  });

  it('when a tensor reaches beyond its storage, or the storage beyond the file', () => {
    const placed = (offset: number, shape: number[], strides: number[]) =>
      refusal(fileWith(pickleNamed([['w', pickleTensor(four, { offset, shape, strides })]])));
    expect(placed(0, [5], [1])).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 136: a tensor of shape [5] up to element 4 of a storage of 4, want one within its storage; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(placed(3, [2], [1])).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 136: a tensor of shape [2] up to element 4 of a storage of 4, want one within its storage; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(placed(0, [2, 2], [4, 1])).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 140: a tensor of shape [2,2] up to element 5 of a storage of 4, want one within its storage; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(placed(0, [2 ** 40, 2 ** 40], [0, 0])).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 156: a tensor of shape [1099511627776,1099511627776], want one within its storage; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(placed(0, [2 ** 30], [0])).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 139: a tensor of shape [1073741824], 1073741824 elements that repeat the 4 of their storage, want one within its storage; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(placed(0, [2, 2], [1])).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 138: a tensor of 2 sizes and 1 strides, want one within its storage; the file is damaged, or not a PyTorch checkpoint"`,
    );
    const root = pickleNamed([['w', tensor]]);
    expect(refusal(zipCheckpoint(root, [{ ...four, bytes: four.bytes.subarray(4) }]))).toMatchInlineSnapshot(
      `"w.pth: entry "net/data/0": 12 bytes, want 16; the file is damaged: get it again"`,
    );
    expect(refusal(zipCheckpoint(root, []))).toMatchInlineSnapshot(
      `"w.pth: no entry data/0, want one of 16 bytes; the file is damaged: get it again"`,
    );
    expect(refusal(legacyCheckpoint(root, [{ ...four, elements: 3 }]))).toMatchInlineSnapshot(
      `"w.pth: byte 252: 12 bytes for storage "0", want 16; the file is damaged, or not a PyTorch checkpoint"`,
    );
    expect(refusal(legacyCheckpoint(root, []))).toMatchInlineSnapshot(
      `"w.pth: no data for a storage of float32, want all of them"`,
    );
    expect(refusal(legacyCheckpoint(root, [four]).subarray(0, -1))).toMatchInlineSnapshot(
      `"w.pth: byte 252: 15 bytes, want 16; the file is cut short or damaged: get it again"`,
    );
    expect(refusal(legacyCheckpoint(root, [four, { ...four, key: '1' }]))).toMatchInlineSnapshot(
      `"w.pth: byte 274: storage "1", which no tensor has; the file is damaged, or not a PyTorch checkpoint"`,
    );
  });

  it('when torch would negate its numbers, or its attributes are a storage', () => {
    const no = joinBytes(Uint8Array.of(0x89));
    const marked = pickleCall(
      pickleGlobal('torch._utils', '_rebuild_tensor_v2'),
      pickleStorage(four),
      pickleInteger(0),
      pickleTuple(pickleInteger(4)),
      pickleTuple(pickleInteger(1)),
      no,
      no,
      pickleNamed([['neg', joinBytes(Uint8Array.of(0x88))]]),
    );
    expect(refusal(fileWith(pickleNamed([['w', marked]])))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 121: a tensor with the mark "neg", want one without; in Python, call resolve_neg() and resolve_conj() on each, and torch.save them again"`,
    );
    const set = pickleBuilt(tensor, pickleTuple(pickleStorage(four)));
    expect(refusal(fileWith(pickleNamed([['w', set]])))).toMatchInlineSnapshot(
      `"w.pth: data.pkl: byte 194: a tuple as the attributes of a tensor, want a dictionary; the file is damaged, or not a PyTorch checkpoint"`,
    );
  });

  it('when its numbers are big-endian', () => {
    const root = pickleNamed([['w', tensor]]);
    expect(refusal(zipCheckpoint(root, [four], { order: 'big' }))).toMatchInlineSnapshot(
      `"w.pth: numbers of a big-endian machine, want little-endian ones; in Python, on any other machine: torch.save(torch.load(file, weights_only=True), "weights.pth")"`,
    );
    expect(refusal(zipCheckpoint(root, [four], { order: 'middle' }))).toMatchInlineSnapshot(
      `"w.pth: numbers of an unknown byte order, want little-endian ones; in Python, on any other machine: torch.save(torch.load(file, weights_only=True), "weights.pth")"`,
    );
    expect(refusal(legacyCheckpoint(root, [four], false))).toContain('big-endian');
  });

  it('when its archive has no pickle, two, or an entry twice', () => {
    const pickle = pickleOf(pickleNamed([]));
    expect(
      refusal(
        zipOf([
          ['a/data.pkl', pickle],
          ['b/data.pkl', pickle],
        ]),
      ),
    ).toMatchInlineSnapshot(`"w.pth: 2 entries data.pkl, want one; the file is damaged: get it again"`);
    expect(
      refusal(
        zipOf([
          ['a/b/data.pkl', pickle],
          ['x/data.pkl', pickle],
          ['x/data.pkl', pickle],
        ]),
      ),
    ).toMatchInlineSnapshot(`"w.pth: entry "x/data.pkl" twice, want once; the file is damaged: get it again"`);
  });

  it('in a short line, whatever control characters its names are of', () => {
    const odd = '\0'.repeat(70_000);
    expect(
      refusal(
        zipOf([
          ['a', ''],
          [odd.slice(0, 300), ''],
          [odd.slice(0, 200), ''],
        ]),
      ).length,
    ).toBeLessThan(300);
    const root = pickleNamed([['w', pickleTensor({ ...four, key: odd }, { shape: [4], strides: [1] })]]);
    expect(refusal(fileWith(root)).length).toBeLessThan(300);
    expect(refusal(fileWith(pickleText(odd))).length).toBeLessThan(300);
    expect(named(odd.slice(0, 900), odd.slice(0, 900)).length).toBeLessThan(300);
  });

  it('when it is another file, with what that is', () => {
    const told = files
      .filter(([, format]) => !format.startsWith('pytorch-') || format === 'pytorch-tar')
      .map(([what, , bytes]) => [what, refusal(bytes)]);
    expect(Object.fromEntries(told)).toMatchSnapshot();
    // @ts-expect-error: no bytes.
    expect(() => openPyTorch('w.pth')).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: PyTorch checkpoint: a text, want the bytes of a PyTorch checkpoint]`,
    );
  });

  it('by openWeights as well', async () => {
    await expect(openWeights(fileWith(tensor), 'w.pth')).rejects.toThrow('want tensors by name');
  });
});

describe('a checkpoint is taken', () => {
  it('with whole numbers, whose tensors are not read; those of a byte may be quantised', () => {
    const refused = (type: string, elements: number) => {
      const numbers = { ...four, type, elements };
      const file = openPyTorch(
        fileWith(pickleNamed([['w', pickleTensor(numbers, { shape: [2], strides: [1] })]])),
        'f',
      );
      return () => file.tensors.get('w')?.read();
    };
    expect(refused('LongStorage', 2)).toThrowErrorMatchingInlineSnapshot(
      `[UnsupportedError: f: tensor "w": dtype int64, want float64, float32, float16, bfloat16]`,
    );
    expect(refused('CharStorage', 16)).toThrowErrorMatchingInlineSnapshot(
      `[UnsupportedError: f: tensor "w": dtype int8, want float64, float32, float16, bfloat16; in Python, save the model as it was before: torch.save(model.state_dict(), "weights.pth")]`,
    );
  });

  it('with parameters, other locations, plain objects and types that are only listed', () => {
    const long = { ...four, type: 'LongStorage', elements: 2 };
    const tensors = {
      parameter: pickleParameter(tensor),
      cuda: pickleTensor(four, { shape: [4], strides: [1] }, 'cuda:0'),
      scalar: pickleTensor(four, { offset: 2, shape: [], strides: [] }),
      expanded: pickleTensor(four, { shape: [2, 3], strides: [1, 0] }),
      empty: pickleTensor(four, { offset: 9, shape: [0, 3], strides: [3, 1] }),
      steps: pickleTensor(long, { shape: [2], strides: [1] }),
      sized: pickleCall(
        pickleGlobal('torch._utils', '_rebuild_tensor_v3'),
        pickleStorage({ ...four, type: 'UntypedStorage', elements: 16 }),
        pickleInteger(1),
        pickleCall(pickleGlobal('torch', 'Size'), pickleTuple(pickleInteger(3))),
        pickleTuple(pickleInteger(2)),
        joinBytes(Uint8Array.of(0x89)),
        joinBytes('N'),
        pickleGlobal('torch', 'bfloat16'),
      ),
      attributed: pickleCall(
        pickleGlobal('torch._tensor', '_rebuild_from_type_v2'),
        pickleGlobal('torch._utils', '_rebuild_parameter'),
        pickleGlobal('torch.nn.parameter', 'Parameter'),
        pickleTuple(tensor),
        pickleNamed([['tag', pickleText('x')]]),
      ),
    };
    const scalar = pickleCall(
      pickleGlobal('numpy.core.multiarray', 'scalar'),
      pickleBuilt(pickleCall(pickleGlobal('numpy', 'dtype'), pickleText('f8')), pickleTuple(pickleInteger(3))),
      pickleCall(pickleGlobal('_codecs', 'encode'), pickleText('\0'), pickleText('latin1')),
    );
    const extra = {
      best: scalar,
      args: pickleBuilt(pickleCall(pickleGlobal('argparse', 'Namespace')), pickleNamed([['lr', pickleInteger(1)]])),
      device: pickleCall(pickleGlobal('torch', 'device'), pickleText('cuda')),
      type: pickleGlobal('torch', 'float32'),
    };
    const root = pickleNamed([['state_dict', pickleNamed(Object.entries(tensors))], ...Object.entries(extra)]);
    const file = openPyTorch(fileWith(root), 'w.pth');
    const read = Object.fromEntries(
      [...file.tensors].map(([name, stored]) => [
        name,
        `${stored.dtype} [${stored.shape}] ${stored.byteLength} bytes: ${stored.dtype === 'int64' ? '' : stored.read().data}`,
      ]),
    );
    expect(read).toMatchInlineSnapshot(`
      {
        "attributed": "float32 [2,2] 16 bytes: 1,2,3,4",
        "cuda": "float32 [4] 16 bytes: 1,2,3,4",
        "empty": "float32 [0,3] 0 bytes: ",
        "expanded": "float32 [2,3] 24 bytes: 1,1,1,2,2,2",
        "parameter": "float32 [2,2] 16 bytes: 1,2,3,4",
        "scalar": "float32 [] 4 bytes: 3",
        "sized": "bfloat16 [3] 6 bytes: 1,2,3",
        "steps": "int64 [2] 16 bytes: ",
      }
    `);
  });
});
