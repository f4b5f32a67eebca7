import type { OnnxAttribute } from '../reading/types.js';
import type { ModelFile } from './model-file.js';
import { readAttribute } from './read-attribute.js';
import type { OnnxFileNode, OnnxTensor } from './types.js';

/** A node with those of its attributes that are tensors. */
export type ReadNode = OnnxFileNode & { readonly tensors: ReadonlyMap<string, OnnxTensor> };

/** Names of ONNX's own operators. */
const ownDomains: readonly string[] = ['', 'ai.onnx'];

/** A `NodeProto`, the `index`th of its graph. */
export function readNode(
  file: ModelFile,
  message: Uint8Array,
  { index, opsets }: { readonly index: number; readonly opsets: ReadonlyMap<string, number> },
): ReadNode {
  const what = `node ${index}`;
  file.charge(20);
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: [string, OnnxAttribute][] = [];
  const tensors = new Map<string, OnnxTensor>();
  let name = '';
  let type = '';
  let domain = '';
  file.visit(message, what, (part) => {
    if (part.number === 1) inputs.push(part.text());
    else if (part.number === 2) outputs.push(part.text());
    else if (part.number === 3) name = part.text();
    else if (part.number === 4) type = part.text();
    else if (part.number === 7) domain = part.text();
    else if (part.number === 5) {
      const read = readAttribute(file, part.bytes(), what);
      if (read.value !== undefined) attributes.push([read.name, read.value]);
      if (read.tensor !== undefined) tensors.set(read.name, read.tensor);
    }
  });
  if (type === '') throw file.damaged(what, 'no operator', 'its name');
  const isOwn = ownDomains.includes(domain);
  const [output = ''] = outputs;
  return {
    name: name || output || `${type} ${index}`,
    op: isOwn ? type : `${domain}.${type}`,
    opset: opsets.get(isOwn ? '' : domain) ?? 1,
    attributes: Object.fromEntries(attributes),
    inputs,
    output,
    outputs,
    tensors,
  };
}
