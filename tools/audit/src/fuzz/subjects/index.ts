import { identify } from './identify.js';
import { npy } from './npy.js';
import { caffe, onnx, onnxNetwork } from './protobuf.js';
import { pytorch } from './pytorch.js';
import { safetensors } from './safetensors.js';

/** The readers that are fed, by name. */
export const subjects = { safetensors, pytorch, npy, onnx, onnxNetwork, caffe, identify } as const;

export type SubjectName = keyof typeof subjects;

export function isSubjectName(name: string | undefined): name is SubjectName {
  return name !== undefined && Object.hasOwn(subjects, name);
}
