import { InputError } from '@strata/core';
import type { Digest } from '../download/checksum.js';
import type { Variant } from '../network/variants.js';
import { colourPreprocessing } from '../preprocess/preprocessing.js';
import type { Preprocessing } from '../preprocess/preprocessing-types.js';

/** Weights that somebody published. */
export interface Pretrained {
  readonly name: string;
  readonly variant: Variant;
  /** In a few words: whose they are. */
  readonly title: string;
  readonly url: string;
  /** The name that the file keeps. */
  readonly file: string;
  /** Its size, for people to know before they begin. */
  readonly bytes: number;
  readonly licence: string;
  /** As published. */
  readonly digest: Digest;
  /** What `loadGoogLeNet` has to be told, as the file does not say it. */
  readonly transformInput: boolean;
  /** What the file does not say either, and what is assumed of it. */
  readonly preprocessing: Preprocessing;
}

/** Published weights, the first of a variant the one to prefer. All know ImageNet's 1,000 classes. */
export const pretrained: readonly Pretrained[] = [
  {
    name: 'torchvision',
    variant: 'torchvision',
    title: "torchvision's GoogLeNet_Weights.IMAGENET1K_V1",
    url: 'https://download.pytorch.org/models/googlenet-1378be20.pth',
    file: 'googlenet-1378be20.pth',
    bytes: 52_147_035,
    licence: 'BSD-3-Clause',
    // Its name has the first eight digits; all of them are as projects that pin the file record them.
    digest: { algorithm: 'sha256', hex: '1378be20a8e875cf1568b8a71654e704449655e34711a959a38b04fb34905cef' },
    transformInput: true,
    preprocessing: colourPreprocessing.torchvision,
  },
  {
    name: 'bvlc',
    variant: 'bvlc',
    title: 'bvlc_googlenet of the Caffe model zoo',
    url: 'http://dl.caffe.berkeleyvision.org/bvlc_googlenet.caffemodel',
    file: 'bvlc_googlenet.caffemodel',
    bytes: 53_533_754,
    licence: 'unrestricted use',
    digest: { algorithm: 'sha1', hex: '405fc5acd08a3bb12de8ee5e23a96bec22f08204' },
    transformInput: false,
    preprocessing: colourPreprocessing.bvlc,
  },
  {
    name: 'onnx-zoo',
    variant: 'bvlc',
    title: 'googlenet-12 of the ONNX model zoo, the same network as bvlc',
    url: 'https://huggingface.co/onnxmodelzoo/googlenet-12/resolve/main/googlenet-12.onnx',
    file: 'googlenet-12.onnx',
    bytes: 28_021_836,
    licence: 'BSD-3-Clause',
    // model_sha of ONNX_HUB_MANIFEST.json, and the file's LFS pointer.
    digest: { algorithm: 'sha256', hex: 'c99c507058eaf41de8723408fdda7db8325cb57f0a89f2ee07a716d6e963e14e' },
    transformInput: false,
    preprocessing: colourPreprocessing.bvlc,
  },
];

/** The weights of that name. `InputError` lists the names there are. */
export function parsePretrained(name: string): Pretrained {
  const found = pretrained.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  const want = pretrained.map((entry) => entry.name).join(', ');
  throw new InputError({ where: 'pretrained', got: `'${String(name).slice(0, 40)}'`, want });
}
