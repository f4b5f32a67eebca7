export { cacheFolder } from './cache-folder.js';
export { type DownloadOptions, type DownloadProgress, downloadFashionMnist } from './download.js';
export { type EvaluateOptions, type Evaluation, evaluateFashionMnist } from './evaluate.js';
export { type OfficialFile, officialAddress, officialFiles, type Split } from './files.js';
export { type IdxArray, readIdx } from './idx.js';
export { type FashionMnist, fashionMnistLabels, loadFashionMnist } from './load.js';
export { readTrainedOn, shippedTrainedOn, type TrainedOn } from './trained-on.js';
