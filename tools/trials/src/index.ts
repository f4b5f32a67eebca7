export { checkGraphs, checkNames, checkOp, checkTrials, checkTwins } from './check/check-op.js';
export { BackendThrew, checkTrial, type OutputResult, runTrial, type TrialResult } from './check/check-trial.js';
export { formatFailure, formatShare, replayLine } from './check/format.js';
export {
  type CheckOptions,
  type CheckResult,
  type Failure,
  freshSeed,
  searchFailure,
  type Verdict,
} from './check/search.js';
export { type CompileCost, dearCompiles } from './compile-cost.js';
export { generators } from './generators/table.js';
export { fill, type ValueKind, type Values } from './generators/values.js';
export { graphTrials } from './graphs/random-graph.js';
export { knownTrials } from './known-trials.js';
export { checkLaw, type Law, type LawCase, laws, opsWithoutLaw, type Side } from './laws/index.js';
export { modelOn } from './laws/model.js';
export { oddValues, untyped } from './odd-values.js';
export { failureOfOwnership } from './ownership.js';
export { createRandom, type Random } from './random.js';
export { checkStateful, runProgram } from './stateful/check-stateful.js';
export { chooseLost, type DeviceLoss } from './stateful/loss.js';
export type { Surroundings } from './stateful/scene.js';
export type { Step } from './stateful/steps.js';
export { countTrials, failureOf, type TrialSubject, trialSubjects, trySubject } from './subjects.js';
export { randomTensor, randomWeights } from './tensors.js';
export type { Inputs, Trial } from './trial.js';
