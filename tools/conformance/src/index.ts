export { type OperatorCase, parseCases } from './cases/case.js';
export { loadCases } from './cases/load.js';
export { rebuildCase } from './cases/rebuild-case.js';
export { type CaseResult, officialTolerance, runCase } from './cases/run-case.js';
export { type Checker, openChecker } from './check/checker.js';
export { type ComparisonResult, compareBackends } from './check/compare-backends.js';
export { allSubjects, checkSubject, type Subject } from './check/subjects.js';
export { type Candidate, listCandidates } from './cli/choose-targets.js';
export { type KnownGap, knownGaps } from './gaps.js';
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
export * from './json.js';
export { countLiveObjects, type GpuClasses, glTextures, gpuBuffers, type ObjectKind } from './memory/live-objects.js';
export { type MemoryModel, type MemoryModelName, memoryModel } from './memory/models.js';
export { type Counts, cycle, type Repeatable, type RepeatCounts, repeat, rerun, runsInStep } from './memory/repeat.js';
export { countTensors } from './memory/tensors.js';
