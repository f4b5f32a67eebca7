export { joinModules } from './join-modules.js';
export { linkModules, linkPackage } from './link-modules.js';
