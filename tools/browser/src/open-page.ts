import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build, type Plugin, preview } from 'vite';
import { backendsPlugin } from './backends-plugin.js';
import { type ChromiumOptions, launchChromium } from './chromium.js';
import { serveFolders } from './serve-folders.js';

export interface PageOptions extends ChromiumOptions {
  /** The page's script: an absolute path of a module, TypeScript or JavaScript. */
  readonly entry: string;
  /**
   * What the page finds in `@strata/browser/backends`: modules with `createBackend`, by the names that it calls them.
   */
  readonly backends?: Readonly<Record<string, string>>;
  /** Whether the page is cross-origin isolated, and so has SharedArrayBuffer and wasm threads. True by default. */
  readonly isolated?: boolean;
  /** Files served beside the page: absolute paths of folders by URL prefix, for example `{ '/wasm/': … }`. */
  readonly folders?: Readonly<Record<string, string>>;
}

export interface OpenPage {
  readonly page: Page;
  readonly url: string;
  /** Folder with the bundle, for tests that look into it. */
  readonly bundle: string;
  /** The first line that the page logs, as text; rejects with the first error that the page does not catch. */
  readonly firstLog: Promise<string>;
  close(): Promise<void>;
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Bundles `entry` with Vite's defaults into `outDir` and returns it: what a user's own build would do. */
export async function bundlePage(entry: string, outDir: string, plugins: readonly Plugin[] = []): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'strata-page-'));
  try {
    const page = `<!doctype html><meta charset="utf-8"><title>Strata</title><script type="module" src="${entry}"></script>`;
    await writeFile(join(root, 'index.html'), page);
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      plugins: [...plugins],
      worker: { plugins: () => [...plugins] },
      build: { outDir, emptyOutDir: true },
    });
    return outDir;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Bundles, serves on the loopback address and opens a page in headless Chromium. Page errors are thrown by `close`. */
export async function openPage({
  entry,
  backends = {},
  isolated = true,
  folders = {},
  webgpu,
}: PageOptions): Promise<OpenPage> {
  const work = await mkdtemp(join(tmpdir(), 'strata-bundle-'));
  const bundle = await bundlePage(entry, join(work, 'dist'), [backendsPlugin(backends, entry)]);
  const headers = isolated ? isolation : {};
  const server = await preview({
    root: work,
    configFile: false,
    logLevel: 'error',
    build: { outDir: bundle },
    preview: { host: '127.0.0.1', port: 0, headers },
    plugins: [serveFolders(folders, headers)],
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('preview server has no port');
  const url = `http://127.0.0.1:${address.port}/`;
  const browser = await launchChromium({ webgpu });
  const page = await browser.newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const firstLog = waitForLog(page);
  await page.goto(url);
  return {
    page,
    url,
    bundle,
    firstLog,
    async close() {
      await browser.close();
      await server.close();
      await rm(work, { recursive: true, force: true });
      if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
    },
  };
}

/** Listens from now on; a rejection that nobody awaits is ignored. */
export function waitForLog(page: Page): Promise<string> {
  const log = new Promise<string>((resolve, reject) => {
    page.on('console', (message) => {
      if (message.type() === 'log') resolve(message.text());
    });
    page.on('pageerror', reject);
  });
  log.catch(() => {});
  return log;
}
