export type { FileFormat, Identity } from './formats.js';
export { identify } from './identify.js';
export { isPictureFormat, isWeightsFormat, quoteFiles, wayOut } from './way-out.js';
