import type { Tensor } from '@strata/core';
import { agree, agreeWithEachOther, type Judged } from '@strata/core/reference';
import type { OutputAgreement, OutputDifference } from './difference.js';

/** What one backend gave in both runs, and the reference's value from the picture on, for one output of the graph. */
export interface JudgedOutput {
  readonly shipped: Tensor;
  readonly observed: Tensor;
  readonly judged: Judged;
}

/** One output of the graph on two backends. */
export function compareOutput(name: string, first: JudgedOutput, second: JudgedOutput): OutputDifference {
  const shippedBy = ({ shipped, judged }: JudgedOutput) => ({ got: shipped, judged });
  return {
    name,
    first: judgeOutput(first),
    second: judgeOutput(second),
    between: agreeWithEachOther(shippedBy(first), shippedBy(second)),
  };
}

function judgeOutput({ shipped, observed, judged }: JudgedOutput): OutputAgreement {
  return {
    shipped: agree(judged, shipped.data),
    observed: agree(judged, observed.data),
    betweenRuns: agreeWithEachOther({ got: shipped, judged }, { got: observed, judged }),
  };
}
