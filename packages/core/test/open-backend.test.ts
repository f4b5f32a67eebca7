import { describe, expect, it } from 'vitest';
import { type DeviceDriver, type DeviceTable, deviceOrder, openBackend } from '../src/backend/open-backend.js';
import type { Device } from '../src/backend/types.js';
import { awaited } from '../src/backend/watch-start.js';
import { DeviceError, GraphError } from '../src/errors.js';
import { createFake, fakeReport } from './support/fake-backend.js';

/** Drivers that write down what happens to them. */
function shelf() {
  const events: string[] = [];
  const working = (device: Device, extra: { software?: boolean; adapter?: string } = {}): DeviceDriver => ({
    async open(_options, selection) {
      events.push(`open ${device}`);
      const report = { ...fakeReport, device, software: false, ...extra, ...selection };
      return createFake({ report, release: () => void events.push(`release ${device}`) }).backend;
    },
  });
  const failing = (error: unknown): DeviceDriver => ({
    async open() {
      events.push('open failing');
      throw error;
    },
  });
  const ruledOut = (reason: string): DeviceDriver => ({
    ruleOut: () => reason,
    async open() {
      throw new Error('loaded just to look');
    },
  });
  return { events, working, failing, ruledOut };
}

const missing = new DeviceError({ where: 'fake/cuda', got: 'no such library', hint: 'npm install it' });

async function refusal(table: DeviceTable, options?: Parameters<typeof openBackend>[2]): Promise<string> {
  try {
    await openBackend('fake', table, options);
  } catch (error) {
    expect(error).toBeInstanceOf(DeviceError);
    return String(error);
  }
  throw new Error('it was opened');
}

describe('openBackend', () => {
  it('tries devices in the order of the contract and tells what it passed over and did not try', async () => {
    const { events, working, failing, ruledOut } = shelf();
    const table = {
      js: working('js'),
      wasm: working('wasm'),
      webgl: working('webgl'),
      native: failing(new Error('libfoo.so: cannot open')),
      webgpu: working('webgpu', { software: true, adapter: 'SwiftShader' }),
      webnn: ruledOut('no navigator.ml'),
      cuda: failing(missing),
    };
    const { report, device } = await openBackend('fake', table);
    expect(device).toBe('webgl');
    expect(report.passedOver).toMatchInlineSnapshot(`
      [
        {
          "device": "cuda",
          "reason": "fake/cuda: no such library; npm install it",
        },
        {
          "device": "webgpu",
          "reason": "a software renderer (SwiftShader)",
        },
        {
          "device": "native",
          "reason": "fake/native: libfoo.so: cannot open",
        },
        {
          "device": "webnn",
          "reason": "fake/webnn: no navigator.ml",
        },
      ]
    `);
    expect(report.notTried).toEqual(['wasm', 'js']);
    expect(events).toEqual(['open failing', 'open webgpu', 'release webgpu', 'open failing', 'open webgl']);
    expect(deviceOrder).toEqual(['cuda', 'webgpu', 'native', 'webnn', 'webgl', 'wasm', 'js']);
  });

  it('opens a software renderer that is asked for by name', async () => {
    const { working } = shelf();
    const { report } = await openBackend(
      'fake',
      { webgpu: working('webgpu', { software: true }) },
      { device: 'webgpu' },
    );
    expect(report.software).toBe(true);
    expect([report.passedOver, report.notTried]).toEqual([[], []]);
  });

  it('never takes another device for one that was named', async () => {
    const { events, working, failing, ruledOut } = shelf();
    const table = { cuda: failing(missing), native: failing('a text'), webnn: ruledOut('not here'), js: working('js') };
    expect(await refusal(table, { device: 'cuda' })).toMatchInlineSnapshot(
      `"DeviceError: fake/cuda: no such library; npm install it"`,
    );
    expect(await refusal(table, { device: 'native' })).toMatchInlineSnapshot(`"DeviceError: fake/native: a text"`);
    expect(await refusal(table, { device: 'webnn' })).toMatchInlineSnapshot(`"DeviceError: fake/webnn: not here"`);
    expect(await refusal(table, { device: 'tpu' })).toMatchInlineSnapshot(
      `"DeviceError: fake/tpu: a device that this backend does not have here, want cuda, native, webnn, js, auto"`,
    );
    expect(await refusal(table, { device: 'constructor' })).toMatch(/a device that this backend does not have here/);
    expect(events).not.toContain('open js');
  });

  it('says for every device why `auto` could not use it', async () => {
    const { working, failing, ruledOut } = shelf();
    const table = {
      cuda: failing(missing),
      webgl: working('webgl', { software: true }),
      js: ruledOut('eval is forbidden here'),
    };
    expect(await refusal(table)).toMatchInlineSnapshot(
      `"DeviceError: fake: auto: cuda: fake/cuda: no such library; npm install it; webgl: a software renderer (unnamed); js: fake/js: eval is forbidden here, want one device that works"`,
    );
    expect(await refusal({})).toMatchInlineSnapshot(`"DeviceError: fake: auto: no device, want one device that works"`);
  });

  it('checks the number of threads before it opens anything', async () => {
    const { events, working } = shelf();
    for (const threads of [0, 1.5, -2, Number.NaN]) {
      expect(await refusal({ js: working('js') }, { threads })).toContain(`fake: threads: ${threads}, want a whole`);
    }
    expect(events).toEqual([]);
  });

  it('does not mistake an error of our own for a missing device', async () => {
    const { failing, working } = shelf();
    const mistake = new GraphError({ where: 'probe', got: 'a broken graph' });
    await expect(openBackend('fake', { cuda: failing(mistake), js: working('js') })).rejects.toBe(mistake);
  });
});

describe('openBackend where a part is missing', () => {
  it('says what would bring the device that it passed over', async () => {
    const { working, failing } = shelf();
    const native = failing(new DeviceError({ where: 'fake/native', got: 'no library', missing: 'npm install it' }));
    const { report } = await openBackend('fake', { native, wasm: working('wasm') });
    expect(report.passedOver).toEqual([
      { device: 'native', reason: 'fake/native: no library', missing: 'npm install it' },
    ]);
  });

  it('says which policy or header a device lacks that was ruled out', async () => {
    const { working } = shelf();
    const lack = { reason: 'a policy forbids it', missing: "'wasm-unsafe-eval' in script-src" };
    const wasm: DeviceDriver = { ...working('wasm'), ruleOut: () => lack };
    const { report } = await openBackend('fake', { wasm, js: working('js') });
    expect(report.passedOver).toEqual([
      { device: 'wasm', reason: 'fake/wasm: a policy forbids it', missing: "'wasm-unsafe-eval' in script-src" },
    ]);
  });
});

describe.concurrent('openBackend where a start-up never ends', { timeout: 120_000 }, () => {
  it('gives up workers after 8 s, says that one thread may work, and disposes what opens later', async ({ expect }) => {
    const { events, working } = shelf();
    let answer = () => {};
    const started = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const wasm: DeviceDriver = { open: (...given) => started.then(() => working('wasm').open(...given)) };
    const start = performance.now();
    expect(await refusal({ wasm }, { device: 'wasm' })).toBe(
      'DeviceError: fake/wasm: it does not start: its workers do not answer; restart the process, and ask for threads: 1',
    );
    expect(performance.now() - start).toBeLessThan(20_000);
    answer();
    await expect.poll(() => events, { timeout: 10_000 }).toEqual(['open wasm', 'release wasm']);
  });

  it('gives up an answer after 5 s, and goes on to the next device', async ({ expect }) => {
    const { working } = shelf();
    const webgpu: DeviceDriver = { open: () => awaited('requestAdapter()', new Promise(() => {})) };
    const start = performance.now();
    const { device, report } = await openBackend('fake', { webgpu, wasm: working('wasm') });
    expect(performance.now() - start).toBeLessThan(17_000);
    expect(device).toBe('wasm');
    expect(report.passedOver).toEqual([
      {
        device: 'webgpu',
        reason:
          'fake/webgpu: it does not start: nothing comes from requestAdapter(); restart the process, or choose another device',
      },
    ]);
  });
});
