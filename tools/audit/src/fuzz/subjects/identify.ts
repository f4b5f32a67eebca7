import { identify as identifyFile } from '@strata/formats/identify';
import { joinBytes } from '@strata/trials/files';
import type { Draw } from '../draw.js';
import { npy } from './npy.js';
import { caffe, onnx } from './protobuf.js';
import { pytorch } from './pytorch.js';
import { safetensors } from './safetensors.js';
import type { Subject } from './subject.js';

const others = [npy, safetensors, pytorch, onnx, caffe];

const texts = [
  '<svg>',
  '<?xml version="1.0"?>',
  '<!-- x -->',
  '{"weight_map":{',
  '[1,',
  '# x\n',
  'name: "x"',
  'version https://git-lfs',
];

/** Starts of other files, again and again: what looks for an end must not look for long. */
const repeatedText = (draw: Draw) =>
  joinBytes(
    draw.one([...texts, '<', '"', ':', '\n', '\0', 'PK\x05\x06', 'PK\x01\x02']).repeat(draw.one([10, 1000, 100_000])),
  );

export const identify: Subject = {
  seeds: () => [...others.flatMap(({ seeds }) => seeds()), ...texts.map((text) => joinBytes(text.repeat(20)))],
  fixtures: () => others.flatMap(({ fixtures }) => fixtures?.() ?? []),
  traps: [...others.flatMap(({ traps }) => traps), repeatedText, repeatedText, repeatedText],
  read: (bytes) => void identifyFile(bytes),
};
