import { type PrecisionProbe, probeModels, probePrecision } from '@strata/comparison';
import { type Backend, messageOf } from '@strata/core';
import type { CheckResult } from '@strata/trials';

/** Whether the backend computes in the precision that it reports. Never throws for what it does wrong. */
export async function checkPrecision(backend: Backend): Promise<CheckResult> {
  const common = { backend: backend.name, device: backend.device, op: 'precision', seed: 0 };
  const { sums, copy } = probeModels();
  const gaps = [sums, copy].flatMap((graph) => backend.findGaps(graph));
  if (gaps.length > 0) {
    const reasons = gaps.map(({ op, reason }) => ({ reason: `${op}: ${reason}`, trials: 1 }));
    return { ...common, checked: 0, failed: 0, gaps: reasons, worst: 0 };
  }
  try {
    const probe = await probePrecision(backend);
    const result = { ...common, checked: 1, gaps: [], worst: probe.worst };
    return probe.lies
      ? { ...result, failed: 1, failure: { graph: '', details: describe(probe) } }
      : { ...result, failed: 0 };
  } catch (error) {
    const failure = { graph: '', details: messageOf(error) };
    return { ...common, checked: 1, failed: 1, gaps: [], worst: Number.POSITIVE_INFINITY, failure };
  }
}

function describe({ declared, shown, worstUnits, keepsNumbers }: PrecisionProbe): string {
  const copies = keepsNumbers ? 'copies numbers as they are' : 'changes numbers that it only copies';
  return `the report says ${declared}, the results show ${shown}: sums of four products are off by up to ${worstUnits.toFixed(0)} units of roundoff, and the device ${copies}`;
}
