export { type BenchCase, cases, rowNames } from './cases.js';
export { type InterleaveOptions, interleave, type Task } from './interleave.js';
export { type LeftOut, type Measurement, measure } from './measure.js';
export type { PeerName } from './peer-table.js';
export { measureStartUp, type StartUpResult } from './start-up.js';
export { median, type Pair, type Ratio, ratioOfMedians } from './statistics.js';
