import { availableParallelism } from 'node:os';
import { loadBackendModule } from '../backends/load-module.js';
import { type BackendWords, checkDeviceWord } from '../backends/open-chosen.js';
import { deviceNames, findKnownBackend, knownBackends } from '../backends/table.js';
import type { OutputWords } from '../command.js';
import { type DeviceStatus, type ProbeWords, unavailable } from '../devices/probe.js';
import { probeApart } from '../devices/probe-apart.js';
import { runSomeAtOnce } from '../devices/run-some-at-once.js';
import type { ExitCode } from '../explain-failure.js';
import { coloursFor, type Io } from '../io.js';
import { printJson } from '../output/json.js';
import { UsageError } from '../usage-error.js';

export type DevicesWords = OutputWords & Partial<BackendWords>;

/** Tells for every backend and device whether it works here. Exit code 0 whatever it finds: the table is the result. */
export async function devices(words: DevicesWords, io: Io): Promise<ExitCode> {
  const probes = await listProbes(words);
  const rows = await runSomeAtOnce(probes, Math.min(4, availableParallelism()), askOrProbe);
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
    const names = device === undefined ? (known === undefined ? ['auto'] : Object.keys(known.devices)) : [device];
    return names.map((name) => ({ backend, device: name, ...options }));
  }
  if (device !== undefined && !deviceNames.includes(device)) {
    throw new UsageError({ where: '--device', got: `'${device}'`, want: deviceNames.join(', ') });
  }
  return knownBackends.flatMap(({ name, devices }) =>
    Object.keys(devices)
      .filter((one) => device === undefined || device === one)
      .map((one) => ({ backend: name, device: one, ...options })),
  );
}

/** What a device that Node does not have needs is declared; what Node has, only trying can tell. */
async function askOrProbe(words: ProbeWords): Promise<DeviceStatus> {
  const places = findKnownBackend(words.backend)?.devices[words.device];
  if (places?.browser === undefined || places.node !== undefined) return probeApart(words);
  const { needs = 'a page or a worker', hint } = places.browser;
  return unavailable(words, `for browsers: it needs ${needs}${hint === undefined ? '' : `; ${hint}`}`);
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
