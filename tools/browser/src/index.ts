export { backendsPlugin } from './backends-plugin.js';
export { type ChromiumOptions, chromiumHint, findChromium, launchChromium } from './chromium.js';
export { bundlePage, type OpenPage, openPage, type PageOptions, waitForLog } from './open-page.js';
