export { distanceOf, energyOf, type Verdict } from './score.js';
export { statisticsNames, type UnusualStatistics } from './statistics.js';
export { watched, watchGraph } from './watch.js';
