import type { BackendModule } from '@strata/core';

/**
 * The backends of a page, by the names that `PageOptions.backends` gives them: this module is written anew when the page
 * is bundled, for a bundler has to see what is imported.
 */
export const backends: Readonly<Record<string, () => Promise<BackendModule>>> = {};
