import type { OpenPage } from '../../src/index.js';
import type { PageApi } from '../fixtures/page.js';

/** Calls a function of the fixture page with plain data. */
export function call<Name extends keyof PageApi>(
  { page }: OpenPage,
  name: Name,
  ...given: Parameters<PageApi[Name]>
): Promise<Awaited<ReturnType<PageApi[Name]>>> {
  return page.evaluate(`strata.${name}(...${JSON.stringify(given)})`);
}
