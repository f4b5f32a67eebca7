import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build, createServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, launchChromium, waitForLog } from '../src/index.js';
import { backendNames, usualDevice } from './support/backends.js';
import { documentedFile } from './support/documented.js';
import { readmeProgram } from './support/readme-program.js';
import { withUserProject } from './support/user-project.js';

const page = (script: string) =>
  `<!doctype html><meta charset="utf-8"><script type="module" src="/${script}"></script>`;

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)("a user's project with the guide's vite.config.ts", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** What the page at a URL logs first, and whether it may share memory. */
  async function visit(url: string | undefined): Promise<{ printed: string; isolated: unknown }> {
    if (url === undefined) throw new Error('the server has no address');
    const context = await browser.newContext();
    try {
      const opened = await context.newPage();
      const log = waitForLog(opened);
      await opened.goto(url);
      return { printed: await log, isolated: await opened.evaluate('crossOriginIsolated') };
    } finally {
      await context.close();
    }
  }

  /** Vite as the user calls it in the folder, but quiet and on any free port of this machine. */
  const quiet = (root: string) => ({
    root,
    configFile: join(root, 'vite.config.ts'),
    cacheDir: join(root, '.vite'),
    logLevel: 'error' as const,
  });

  const inDevelopment = (files: Readonly<Record<string, string>>, root = '.') =>
    withUserProject(files, async (folder) => {
      const server = await createServer({ ...quiet(join(folder, root)), server: { host: '127.0.0.1', port: 0 } });
      try {
        await server.listen();
        return await visit(server.resolvedUrls?.local[0]);
      } finally {
        await server.close();
      }
    });

  const built = (files: Readonly<Record<string, string>>) =>
    withUserProject(files, async (folder) => {
      await build(quiet(folder));
      const server = await preview({ ...quiet(folder), preview: { host: '127.0.0.1', port: 0 } });
      try {
        return await visit(server.resolvedUrls?.local[0]);
      } finally {
        await server.close();
      }
    });

  const project = async (program: string) => ({
    'vite.config.ts': await documentedFile('vite.config.ts'),
    'index.html': page('main.ts'),
    'main.ts': program,
  });

  it('is isolated when built', async () => {
    const { printed, isolated } = await built(await project(await readmeProgram('@strata/backend-onnx')));
    expect(isolated).toBe(true);
    expect(printed).toMatch(/^Ankle boot .*device: wasm/);
  });

  it.each(backendNames)('is isolated in development, where %s works', async (backend) => {
    const { printed, isolated } = await inDevelopment(await project(await readmeProgram(`@strata/backend-${backend}`)));
    expect(isolated).toBe(true);
    expect(printed).toMatch(new RegExp(`^Ankle boot .*device: ${usualDevice(backend)}`));
  });

  it('has the wasm file of tfjs in development in a workspace, whose packages lie above the page', async () => {
    const program = `import { createBackend } from '@strata/backend-tfjs/wasm';
      createBackend().then(({ report }) => console.log(report.device), (error) => console.log(String(error)));`;
    const files = Object.entries(await project(program)).map(([name, text]) => [`apps/web/${name}`, text]);
    const { printed } = await inDevelopment(Object.fromEntries(files), 'apps/web');
    expect(printed).toBe('wasm');
  });

  it("runs the guide's worker in development", async () => {
    const { printed } = await inDevelopment({
      ...(await project(await documentedFile('main.ts'))),
      'classify.worker.ts': await documentedFile('classify.worker.ts'),
    });
    expect(JSON.parse(printed)).toMatchObject({ predictions: [{ label: 'Ankle boot' }, {}, {}, {}, {}] });
  });
});
