import { type Backend, printGraph } from '@strata/core';
import { formatDisagreement } from '@strata/core/reference';
import type { CheckResult } from '@strata/trials';
import type { OperatorCase } from '../cases/case.js';
import { loadCases } from '../cases/load.js';
import { rebuildCase } from '../cases/rebuild-case.js';
import { type CaseResult, runCase } from '../cases/run-case.js';

/**
 * The official ONNX cases at their official tolerance. All of them run; the first that is wrong is reported in full.
 */
export async function checkCases(backend: Backend): Promise<CheckResult> {
  const cases = await loadCases();
  const results: CaseResult[] = [];
  for (const source of cases) results.push(await runCase(source, backend));
  const gaps = results.flatMap((result) =>
    result.outcome === 'gap' ? [{ reason: `${result.name}: ${result.reason}`, trials: 1 }] : [],
  );
  const wrong = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'broken');
  return {
    backend: backend.name,
    device: backend.device,
    op: 'cases',
    seed: 0,
    checked: results.length - gaps.length,
    failed: wrong.length,
    gaps,
    worst: results.reduce((most, result) => Math.max(most, shareOf(result)), 0),
    ...(wrong.length === 0 ? {} : { failure: describeWrong(cases, wrong) }),
  };
}

function shareOf(result: CaseResult): number {
  if ('agreement' in result) return result.agreement.worst;
  return result.outcome === 'gap' ? 0 : Number.POSITIVE_INFINITY;
}

function describeWrong(cases: readonly OperatorCase[], wrong: readonly CaseResult[]) {
  const first = cases.find(({ name }) => name === wrong[0]?.name);
  return {
    graph: first === undefined ? '' : printGraph(rebuildCase(first).graph),
    details: wrong.map(explain).join('\n'),
  };
}

function explain(result: CaseResult): string {
  return 'agreement' in result ? formatDisagreement(result.agreement, result.name) : `${result.name}: ${result.reason}`;
}
