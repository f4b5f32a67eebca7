import { readAsset } from '#read-asset';
import { gunzipText } from '../assets/gunzip.js';
import { type OperatorCase, parseCases } from './case.js';

/** All 105 official cases: 83 of ONNX's node tests, 22 that it made from PyTorch. */
export async function loadCases(): Promise<OperatorCase[]> {
  const files = [
    { name: 'onnx-node', url: new URL('../../cases/onnx-node.jsonl.gz', import.meta.url) },
    { name: 'onnx-pytorch', url: new URL('../../cases/onnx-pytorch.jsonl.gz', import.meta.url) },
  ];
  const cases = await Promise.all(
    files.map(async ({ name, url }) => parseCases(await gunzipText(await readAsset(url)), name)),
  );
  return cases.flat();
}
