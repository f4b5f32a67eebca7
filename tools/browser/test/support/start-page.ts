import type { BackendOptions } from '@strata/core';
import type { Page } from 'playwright-core';
import { type OpenPage, openPage } from '../../src/index.js';
import type { Started } from '../fixtures/start-up.js';

/** What is unusual about a page. */
export interface Condition {
  readonly policy?: string;
  readonly isolated?: boolean;
  /** Runs in the page before anything else. */
  readonly script?: string;
  /** Whether scripts that the page asks for once it has the backend's package never come: the code of its devices. */
  readonly noMoreScripts?: boolean;
}

/** A start-up ends within 10 s; the rest is for the page to hear of it. */
const LIMIT_MS = 12_000;

/** One bundle and one browser for many start-ups, each in a page of its own. */
export class StartPage {
  readonly #open: OpenPage;

  static async open(entry: string, backends: Readonly<Record<string, string>>): Promise<StartPage> {
    return new StartPage(await openPage({ entry, backends, webgpu: true }));
  }

  private constructor(open: OpenPage) {
    this.#open = open;
  }

  /** What comes of opening a backend under these conditions. The page's own errors are those of libraries' workers. */
  async start(condition: Condition, name: string, options: BackendOptions, limit = LIMIT_MS): Promise<Started> {
    const context = await this.#open.page.context().browser()?.newContext();
    if (context === undefined) throw new Error('the browser is gone');
    try {
      const page = await context.newPage();
      await this.#prepare(page, condition);
      await page.goto(this.#open.url);
      await page.evaluate(`load('${name}')`);
      if (condition.noMoreScripts === true) await page.route('**/*.js', () => {});
      const late = new Promise<string>((settle) => setTimeout(settle, limit, 'it hangs'));
      return await Promise.race([page.evaluate<Started>(`start(...${JSON.stringify([name, options])})`), late]);
    } finally {
      await context.close();
    }
  }

  close(): Promise<void> {
    return this.#open.close();
  }

  async #prepare(page: Page, { policy, isolated = true, script }: Condition): Promise<void> {
    if (script !== undefined) await page.addInitScript(script);
    // Chromium lets a page that is answered here ask no other port of this machine.
    if (policy === undefined && isolated) return;
    await page.route(this.#open.url, async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      if (policy !== undefined) headers['content-security-policy'] = policy;
      if (!isolated) delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    });
  }
}
