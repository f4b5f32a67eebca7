import { resolve } from 'node:path';
import { messageOf } from '@strata/core';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { backendNames, backends, usualDevice } from './support/backends.js';
import { call } from './support/call.js';

const entry = resolve(import.meta.dirname, 'fixtures/page.ts');

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

const page = '<!doctype html><title>App</title>';

/** What a server does with a file that a newer version of the program no longer has. */
const answers: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  'no answer': (route) => route.abort(),
  'status 404': (route) => route.fulfill({ status: 404, body: 'Not found' }),
  'its start page': (route) => route.fulfill({ contentType: 'text/html', body: page }),
  'its start page as a script': (route) => route.fulfill({ contentType: 'text/javascript', body: page }),
};

describe.skipIf(missing)('a file that the server does not have', { timeout: 120_000 }, () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage({ entry, backends });
  });
  afterAll(() => open?.close());

  /** What the work in a fresh page fails with, when files of that kind get that answer. */
  async function told(files: string, answer: string, work: () => Promise<unknown>): Promise<string> {
    await open.page.route(files, answers[answer]);
    try {
      return await work().then(String, messageOf);
    } finally {
      await open.page.unroute(files);
    }
  }

  for (const answer of Object.keys(answers)) {
    it.each(backendNames)(`%s: a script gets ${answer}`, async (name) => {
      await open.page.reload();
      // The backend itself is there, the device is not yet.
      await call(open, 'complain', name, { device: 'none' });
      const device = usualDevice(name);
      const message = await told('**/assets/*.js', answer, () => call(open, 'complain', name, { device }));
      expect(message).toMatch(/^DeviceError: \w+\/\w+: a script of this program did not load .*; reload the page: /);
      expect(message).not.toContain('npm install');
    });
  }

  it('the shipped weights: says that a bundler brings them', async () => {
    await open.page.reload();
    const classify = () => call(open, 'classify', 'url', '/samples/bag.png');
    expect(await told('**/*.safetensors', 'its start page', classify)).toMatch(
      /WeightsError: \S+\.safetensors: an HTML page, want a file of weights; a bundler puts it beside its output/,
    );
    await open.page.reload();
    expect(await told('**/*.safetensors', 'status 404', classify)).toMatch(
      /WeightsError: \S+\.safetensors: HTTP 404 Not Found, want a file of weights; a bundler puts it/,
    );
  });

  it('a picture: names the page that stands in its place', async () => {
    expect(await call(open, 'pixels', '/nowhere/bag.png')).toMatchInlineSnapshot(
      `"InputError: /nowhere/bag.png: an HTML page, want a whole picture file of a kind that this browser shows; a server may answer a missing file, or one that needs a login, with a page: look at the URL"`,
    );
  });
});
