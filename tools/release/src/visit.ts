import { waitForLog } from '@strata/browser';
import type { Browser } from 'playwright-core';
import { serve } from './serve.js';

/**
 * What a page with a script logs first, or the message of its first error. `missing` are the paths that its server did
 * not have.
 */
export async function visit(
  browser: Browser,
  script: string,
  folders: readonly string[],
): Promise<{ readonly said: string; readonly missing: readonly string[] }> {
  const server = await serve(script, folders);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const missing: string[] = [];
    page.on('response', (response) => {
      if (response.status() === 404) missing.push(new URL(response.url()).pathname);
    });
    const log = waitForLog(page);
    await page.goto(server.url);
    const said = await log.catch((error: unknown) => String(error));
    return { said, missing };
  } finally {
    await context.close();
    server.close();
  }
}
