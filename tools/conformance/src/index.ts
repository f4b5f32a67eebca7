export { type OperatorCase, parseCases } from './cases/case.js';
export { loadCases } from './cases/load.js';
export { rebuildCase } from './cases/rebuild/index.js';
export { type CaseResult, officialTolerance, runCase } from './cases/run-case.js';
export { checkGraphs, checkOp, checkTrials } from './check/check-op.js';
export { boundsFor, checkTrial, type OutputResult, runTrial, type TrialResult } from './check/check-trial.js';
export { type Checker, checkerOf } from './check/checker.js';
export { type ComparisonResult, compareBackends } from './check/compare-backends.js';
export { formatFailure, replayLine } from './check/format.js';
export { type CheckOptions, type CheckResult, type Failure, freshSeed } from './check/search.js';
export { allSubjects, checkSubject, type Subject, trialsOf } from './check/subjects.js';
export { type KnownGap, knownGaps } from './gaps.js';
export { generators } from './generators/table.js';
export {
  type BlockResult,
  checkGolden,
  compareBlock,
  type GoldenModel,
  goldenLimit,
  goldenModel,
} from './golden/check-golden.js';
export { goldenInput, goldenWeights } from './golden/formula.js';
export { type Golden, type GoldenBlock, parseGolden } from './golden/golden.js';
export { type GoldenName, goldenNames, loadGolden } from './golden/load.js';
export { graphTrials } from './graphs/random-graph.js';
export { checkLaw, type Law, type LawCase, laws, type Side } from './laws/index.js';
export {
  type Flatness,
  flatLimitBytes,
  judgeFlatness,
  judgeWindows,
  type WindowedFlatness,
} from './memory/flatness.js';
export { countLiveObjects, type GpuClasses, glTextures, gpuBuffers, type ObjectKind } from './memory/live-objects.js';
export { type MemoryModel, type MemoryModelName, memoryModel } from './memory/models.js';
export { type Counts, cycle, type RepeatCounts, repeat, rerun, runsInStep, type Step } from './memory/repeat.js';
export { countTensors } from './memory/tensors.js';
export * from './network/index.js';
export { type Absent, nameTarget, probeTargets, type Runtime, type Target, targets } from './targets.js';
export type { Inputs, Trial } from './trial.js';
