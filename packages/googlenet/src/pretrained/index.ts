export { type Digest, isPublished } from '../download/checksum.js';
export { downloadPretrained, type PretrainedDownload, type PretrainedFile } from './download.js';
export { findPretrained } from './find.js';
export { type Pretrained, parsePretrained, pretrained } from './registry.js';
