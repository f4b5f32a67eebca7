import { WeightsError } from '@strata/core';
import { type FileFormat, type Identity, isPictureFormat, quoteFiles, wayOut } from './identify/index.js';

/** PyTorch's own file of weights, which `openPyTorch` reads. */
const save = (state: string) => `in Python: torch.save(${state}, "weights.pth")`;
const fromPyTorch = save('model.state_dict()');
/** Keras' own export to ONNX, which `openOnnx` reads. */
const fromKeras = 'in Python: model.export("net.onnx", format="onnx")';

/** What reads weights of another format, or how they become a file that is read. */
const conversions: Readonly<Partial<Record<FileFormat, string>>> = {
  safetensors: 'openSafetensors of @strata/formats/safetensors reads it',
  'pytorch-zip': 'openPyTorch of @strata/formats/pytorch reads it',
  'pytorch-legacy': 'openPyTorch of @strata/formats/pytorch reads it',
  'pytorch-tar': save('torch.load(file, weights_only=False)'),
  torchscript: save('torch.jit.load(file).state_dict()'),
  'exported-program': save('torch.export.load(file).state_dict'),
  onnx: 'openOnnx of @strata/formats/onnx reads it',
  caffe: 'openCaffe of @strata/formats/caffe reads it',
  'caffe-v0': "Caffe's upgrade_net_proto_binary makes a current one, which is read",
  prototxt: 'its weights are in a .caffemodel file',
  'keras-h5': `with its network, ${fromKeras}`,
  'keras-zip': `in Python: keras.saving.load_model(file).export("net.onnx", format="onnx")`,
  hdf5: `if Keras made it, with its network, ${fromKeras}`,
  'tfjs-model': `with the Keras model that it was made from, ${fromKeras}`,
  tensorflow: 'ONNX is read: python -m tf2onnx.convert makes it, of --saved-model or --graphdef',
  tflite: 'ONNX is read: python -m tf2onnx.convert --tflite net.tflite --output net.onnx',
  gguf: "weights need the names of torchvision, Caffe or this project's networks",
  pickle: fromPyTorch,
  npz: 'in Python: safetensors.numpy.save_file(dict(numpy.load(file)), "weights.safetensors")',
  npy: '`strata run --input` takes arrays',
};

/** The error for a file that is not what was wanted: what it is, and the way out. */
export function otherFileError(found: Identity, where: string, want: string): WeightsError {
  const hint = hintFor(found);
  return new WeightsError({ where, got: found.name, want, ...(hint === undefined ? {} : { hint }) });
}

function hintFor(found: Identity): string | undefined {
  const { format, files, isCut } = found;
  if (isCut) return wayOut(found);
  if (format === 'safetensors-index') {
    const shards = files.length === 0 ? 'files beside it' : quoteFiles(files);
    return `its weights are in ${shards}: join them into one file, in Python with safetensors' load_file and save_file`;
  }
  if (isPictureFormat(format)) return 'pictures go to classify';
  return conversions[format] ?? wayOut(found);
}
