import { join } from 'node:path';
import { chromiumHint, findChromium, launchChromium } from '@strata/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendNames, bundleByEsbuildAlone, bundlers, deviceOf, isExpected, visit } from '../src/index.js';
import { makeProject, type Project } from './support/shared.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)("the README's program, installed and bundled, in a page", () => {
  let project: Project;
  let browser: Browser;
  beforeAll(async () => {
    project = await makeProject();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    project?.remove();
  });

  // webpack takes its time; `npm run release:check -- --all` has the rest.
  const chosen = { vite: backendNames(), esbuild: backendNames(), webpack: backendNames().slice(0, 1) };

  describe.each(bundlers)('by $name', ({ name, bundle }) => {
    it.each(chosen[name])('with backend-%s', async (backend) => {
      const out = join(project.folder, 'out', name, backend);
      const script = await bundle(project.folder, `${backend}.mjs`, out);
      const { said, missing } = await visit(browser, script, [out, project.folder]);
      expect(isExpected(backend, said), said).toBe(true);
      expect(missing).toEqual([]);
      // Headless, there is no GPU but in software, which is not taken unasked.
      expect(deviceOf(said)).toBe('wasm');
    });
  });

  describe('by esbuild without the plugin', () => {
    it.each(backendNames())('backend-%s says what is missing and what to do', async (backend) => {
      const out = join(project.folder, 'out/esbuild-alone', backend);
      const script = await bundleByEsbuildAlone(project.folder, `${backend}.mjs`, out);
      const { said } = await visit(browser, script, [out]);
      expect(said).toMatch(/http:\S+\.(wasm|safetensors)\b.*404.*@strata\/esbuild/);
    });
  });
});
