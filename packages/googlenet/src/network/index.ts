export { buildGoogLeNet, constantsOf, pictureInput } from './build.js';
export { inception } from './inception.js';
export type { NetworkOptions } from './options.js';
export { type NetworkSummary, summariseNetwork } from './summarise.js';
export { type InceptionFilters, inceptionNames, type Stage, stages } from './table.js';
export {
  type AuxiliaryStyle,
  isVariant,
  parseVariant,
  styleOf,
  type Variant,
  type VariantStyle,
  variantNames,
} from './variants.js';
export { type Widths, widthsOf } from './widths.js';
