import { describe, expect, it } from 'vitest';
import { knownBackends } from '../src/backends/table.js';
import { probeApart } from '../src/devices/probe-apart.js';
import { runSomeAtOnce } from '../src/devices/run-some-at-once.js';
import { fixture, ramp, spawnStrata, strata } from './support/strata.js';

describe('strata devices', () => {
  it('lists every device of every backend, and exits with 0 whatever it finds', { timeout: 120_000 }, async () => {
    const { code, stdout } = await spawnStrata('devices', '--json');
    expect(code).toBe(0);
    const rows: unknown = JSON.parse(stdout);
    const expected = knownBackends.flatMap(({ name: backend, devices }) =>
      Object.keys(devices).map((device) =>
        expect.objectContaining({ backend, device, available: expect.any(Boolean) }),
      ),
    );
    expect(rows).toEqual(expected);
    expect(rows).toContainEqual({
      backend: 'onnx',
      device: 'native',
      available: true,
      reason: null,
      missing: null,
      adapter: expect.any(String),
      version: expect.stringMatching(/^onnxruntime-node \d/),
      software: false,
    });
    expect(rows).toContainEqual(
      expect.objectContaining({
        backend: 'onnx',
        device: 'webnn',
        reason: expect.stringMatching(/^for browsers: .*WebNN/),
      }),
    );
  });

  it("probes a third party's backend on the device that it chooses, and finds that it computes wrongly", async () => {
    const { code, stdout } = await strata('devices', ...ramp, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        backend: expect.stringContaining('ramp-backend.mjs'),
        device: 'auto',
        available: false,
        reason: 'ramp/ramp: 2×2 sums 0, 1, 0, 1, want 12, 16, 24, 28',
        missing: null,
        adapter: null,
        version: null,
        software: null,
      },
    ]);
  });

  it('survives a driver that crashes', async () => {
    const backend = fixture('crashing-backend.mjs');
    const { available, reason } = await probeApart({ backend, device: 'auto' });
    expect({ available, reason }).toEqual({
      available: false,
      reason: 'the library ended its process (SIGABRT): the driver lost its mind',
    });
  });
});

describe('runSomeAtOnce', () => {
  it('keeps the order and the limit', async () => {
    let running = 0;
    let most = 0;
    const results = await runSomeAtOnce([30, 1, 20, 2, 10], 2, async (delay) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, delay));
      running--;
      return delay * 2;
    });
    expect(results).toEqual([60, 2, 40, 4, 20]);
    expect(most).toBe(2);
  });
});
