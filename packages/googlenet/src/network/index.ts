export { buildGoogLeNet, constantsOf, type NetworkOptions, pictureInput } from './build.js';
export { inception } from './inception.js';
export { type NetworkSummary, summariseNetwork } from './summarise.js';
export { type InceptionFilters, inceptionNames, type Stage, stages } from './table.js';
export { isVariant, parseVariant, styleOf, type Variant, type VariantStyle, variantNames } from './variants.js';
