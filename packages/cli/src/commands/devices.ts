import { availableParallelism } from 'node:os';
import { loadBackendModule } from '../backends/load-module.js';
import { type BackendWords, checkDeviceWord } from '../backends/open.js';
import { findKnownBackend, knownBackends } from '../backends/table.js';
import type { OutputWords } from '../command.js';
import type { DeviceStatus, ProbeWords } from '../devices/probe.js';
import { probeApart } from '../devices/probe-apart.js';
import { runSomeAtOnce } from '../devices/run-some-at-once.js';
import type { ExitCode } from '../explain-failure.js';
import { coloursFor, type Io } from '../io.js';
import { printJson } from '../output/json.js';
import { UsageError } from '../usage-error.js';

export type DevicesWords = OutputWords & Partial<BackendWords>;

/** Tells of every backend and device whether it works here. Exit code 0 whatever it finds: the answer is the result. */
export async function devices(words: DevicesWords, io: Io): Promise<ExitCode> {
  const probes = await listProbes(words);
  const rows = await runSomeAtOnce(probes, Math.min(4, availableParallelism()), probeApart);
  if (words.json === true) printJson(rows, io);
  else await printDevices(rows, io);
  return 0;
}

/** What the words ask for: all devices of all our backends, or of one; of others' backends the one they choose. */
async function listProbes({ backend, device, threads }: DevicesWords): Promise<ProbeWords[]> {
  const options = threads === undefined ? {} : { threads };
  if (backend !== undefined) {
    checkDeviceWord({ backend, ...(device === undefined ? {} : { device }) });
    await loadBackendModule(backend);
    const known = findKnownBackend(backend);
    const names = device === undefined ? (known?.devices ?? ['auto']) : [device];
    return names.map((name) => ({ backend, device: name, ...options }));
  }
  const somewhere = new Set(Object.values(knownBackends).flatMap((known) => known.devices));
  if (device !== undefined && !somewhere.has(device)) {
    throw new UsageError({ where: '--device', got: `'${device}'`, want: [...somewhere].join(', ') });
  }
  return Object.entries(knownBackends).flatMap(([name, known]) =>
    known.devices
      .filter((one) => device === undefined || device === one)
      .map((one) => ({ backend: name, device: one, ...options })),
  );
}

async function printDevices(rows: readonly DeviceStatus[], io: Io): Promise<void> {
  const { printTable } = await import('../output/table.js');
  const { green, red, dim } = coloursFor(io.stdout, io);
  const columns = ['backend', 'device', 'available', 'what runs, or why not'].map((title) => ({ title }));
  printTable(
    columns,
    rows.map((row) => [
      row.backend,
      row.device,
      row.available ? green('yes') : red('no'),
      row.available ? describeRunning(row) : dim(row.reason ?? ''),
    ]),
    io,
  );
}

function describeRunning({ adapter, version, software }: DeviceStatus): string {
  const renderer = software === true ? 'a software renderer' : null;
  return [version, adapter, renderer].filter((part) => part !== null).join(' · ');
}
