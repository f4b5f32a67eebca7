import { type Backend, formatShape, messageOf, sameShape, type Tensor } from '@strata/core';
import { type Agreement, agree } from '@strata/core/reference';
import type { OperatorCase } from './case.js';
import { rebuildCase } from './rebuild-case.js';

/** How one official case went on one device. Plain data. */
export type CaseResult =
  | { readonly name: string; readonly outcome: 'passed' | 'failed'; readonly agreement: Agreement }
  /** The device refuses the case by name. */
  | { readonly name: string; readonly outcome: 'gap'; readonly reason: string }
  /** It threw, or gave another shape. */
  | { readonly name: string; readonly outcome: 'broken'; readonly reason: string };

/** |got − want| ≤ 1e-7 + 1e-3·|want|: ONNX's own tolerance for its backend tests. */
export function officialTolerance(want: Tensor): Float64Array {
  return Float64Array.from(want.data, (value) => 1e-7 + 1e-3 * Math.abs(value));
}

/** Rebuilds the case with the layer API and runs it on a backend, which never sees the original ONNX node. */
export async function runCase(source: OperatorCase, backend: Backend): Promise<CaseResult> {
  const { name, want } = source;
  const { graph, weights, runs } = rebuildCase(source);
  const [gap] = backend.findGaps(graph);
  if (gap !== undefined) return { name, outcome: 'gap', reason: `${gap.op}: ${gap.reason}` };
  try {
    const executable = await backend.compile(graph, weights);
    try {
      const { [graph.outputs[0]]: got } = await executable.run(runs[0]);
      return judgeCase(name, want, got);
    } finally {
      await executable.dispose();
    }
  } catch (error) {
    return { name, outcome: 'broken', reason: messageOf(error) };
  }
}

function judgeCase(name: string, want: Tensor, got: Tensor): CaseResult {
  if (!sameShape(got.shape, want.shape)) {
    return { name, outcome: 'broken', reason: `shape ${formatShape(got.shape)}, want ${formatShape(want.shape)}` };
  }
  const judged = { shape: want.shape, value: Float64Array.from(want.data), tolerance: officialTolerance(want) };
  const agreement = agree(judged, got.data);
  return { name, outcome: agreement.failed === 0 ? 'passed' : 'failed', agreement };
}
