/** Everything that a file can be told to be, with what messages call it. */
const names = {
  empty: 'an empty file',
  zeros: 'a file that begins with nothing but zeros',
  // Weights and networks.
  safetensors: 'a safetensors file',
  'safetensors-index': 'an index of weights in several files',
  'pytorch-zip': 'a PyTorch checkpoint',
  'pytorch-legacy': 'a PyTorch checkpoint of the old format',
  'pytorch-tar': 'a PyTorch checkpoint of before 2017',
  torchscript: 'a TorchScript program',
  'exported-program': 'a program of torch.export',
  onnx: 'an ONNX network',
  caffe: 'a Caffe model',
  'caffe-v0': 'a Caffe model of the oldest format (V0)',
  prototxt: 'the text of a Caffe network, without weights',
  'keras-h5': 'Keras weights (HDF5)',
  'keras-zip': 'a Keras archive',
  hdf5: 'an HDF5 file',
  'tfjs-model': "a TensorFlow.js model's JSON",
  tensorflow: 'a TensorFlow graph',
  tflite: 'a TensorFlow Lite network',
  gguf: 'a GGUF file',
  pickle: 'a Python pickle',
  // Arrays.
  npy: 'a NumPy array (.npy)',
  npz: 'several NumPy arrays (.npz)',
  idx: 'an IDX file',
  // Pictures.
  jpeg: 'a JPEG picture',
  png: 'a PNG picture',
  webp: 'a WebP picture',
  gif: 'a GIF picture',
  bmp: 'a BMP picture',
  avif: 'an AVIF picture',
  tiff: 'a TIFF picture',
  svg: 'an SVG picture',
  heic: 'a HEIC picture',
  ico: 'an ICO picture',
  jxl: 'a JPEG XL picture',
  psd: 'a Photoshop file',
  // Archives.
  zip: 'a zip archive',
  gzip: 'a gzip file',
  tar: 'a tar archive',
  bzip2: 'a bzip2 file',
  xz: 'an xz file',
  zstd: 'a Zstandard file',
  '7z': 'a 7z archive',
  rar: 'a RAR archive',
  // What comes in place of a file.
  'git-lfs': 'a Git LFS pointer',
  html: 'an HTML page',
  xml: 'an XML document',
  json: 'a JSON file',
  text: 'a text',
  pdf: 'a PDF',
  video: 'a video',
  wasm: 'a WebAssembly module',
  unknown: 'a file of an unknown kind',
} as const;

/** What a file is, by one word. */
export type FileFormat = keyof typeof names;

/** What a file is said to be. */
export interface Identity {
  readonly format: FileFormat;
  /** For messages, with its article: `a Git LFS pointer`. */
  readonly name: string;
  /**
   * The files that it holds or names, as it spells them, the first few: entries of a zip archive, shards of an index.
   * Empty where it has none.
   */
  readonly files: readonly string[];
  /** Whether it ends before its own first bytes say that it does. Most formats do not tell. */
  readonly isCut: boolean;
}

/** What is known of a file besides its format. */
interface Findings {
  /** Instead of the format's name. */
  readonly name?: string;
  readonly files?: readonly string[];
  /** The bytes there are, and those that the header needs: where there are fewer, the file is cut short. */
  readonly has?: number;
  readonly needs?: number;
  readonly isCut?: boolean;
}

/** The identity of a format. */
export function identityOf(
  format: FileFormat,
  { name = names[format], files = [], has = 0, needs = 0, isCut = has < needs }: Findings = {},
): Identity {
  const whole = has < needs ? `${name} of ${has} bytes, whose header needs ${needs}` : name;
  return { format, name: isCut && whole === name ? `${name} that is cut short` : whole, files, isCut };
}
