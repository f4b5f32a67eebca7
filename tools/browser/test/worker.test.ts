import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { absent, backendNames, backends, browserDevices, usualDevice } from './support/backends.js';
import { documentedFile } from './support/documented.js';
import { copyBoot, withScratch } from './support/scratch.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)("the guide's worker", { timeout: 120_000 }, () => {
  const cases = [true, false].flatMap((isolated) => backendNames.map((backend) => [backend, isolated] as const));
  it.each(cases)('with %s, isolated: %s', async (backend, isolated) => {
    const printed = await withScratch(async (folder) => {
      await copyBoot(folder);
      const worker = await documentedFile('classify.worker.ts');
      await writeFile(join(folder, 'classify.worker.ts'), worker.replace('backend-onnx', `backend-${backend}`));
      const entry = join(folder, 'main.ts');
      await writeFile(entry, await documentedFile('main.ts'));
      const open = await openPage({ entry, isolated, folders: { '/': folder } });
      try {
        return await open.firstLog;
      } finally {
        await open.close();
      }
    });
    expect(JSON.parse(printed)).toMatchObject({
      predictions: [{ label: 'Ankle boot' }, {}, {}, {}, {}],
      report: { backend, device: usualDevice(backend), threads: isolated ? expect.any(Number) : 1 },
    });
  });
});

describe.skipIf(missing)('one worker, bundled as one file,', { timeout: 120_000 }, () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage({ entry: resolve(import.meta.dirname, 'fixtures/devices-page.ts'), backends, webgpu: true });
  });
  afterAll(() => open?.close());

  const targets = backendNames.flatMap((backend) =>
    browserDevices(backend).map((device) => [backend, device] as const),
  );
  it.each(targets)('runs %s/%s', async (backend, device) => {
    const said = await open.page.evaluate(`inWorker('${backend}', '${device}')`);
    if (`${backend}/${device}` in absent) expect(said).toMatch(absent[`${backend}/${device}`]);
    else expect(said).toEqual({ device, data: [2, 0, 6] });
  });
});
