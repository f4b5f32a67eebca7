export { hasImageNetClasses } from './find.js';
export { parseLabels } from './parse.js';
