import { DeviceError, messageOf, StrataError } from '../errors.js';
import { isError } from '../tags.js';
import { explainMissingScript } from './load-library.js';
import type { Backend, BackendOptions, Device, DeviceReport, PassedOver } from './types.js';
import type { Lack } from './wasm-support.js';
import { watchStart } from './watch-start.js';

/** The order in which `auto` tries devices. */
export const deviceOrder: readonly Device[] = ['cuda', 'webgpu', 'native', 'webnn', 'webgl', 'wasm', 'js'];

/** How a backend opens one of its devices. */
export interface DeviceDriver {
  /** Why the device cannot work here, and what is missing, found without loading its library; `undefined` when it might. */
  ruleOut?(options: BackendOptions): string | Lack | undefined;
  /** Loads the library and opens the device. Throws `DeviceError` that says why not and what to do. */
  open(options: BackendOptions, selection: Selection): Promise<Backend>;
}

/** How the device came to be chosen; goes into its report. */
export type Selection = Pick<DeviceReport, 'passedOver' | 'notTried'>;

/** The devices of a backend: how each is opened. A device that is not in it, the backend does not have. */
export type DeviceTable = Readonly<Partial<Record<Device, DeviceDriver>>>;

/**
 * Opens the device that the options name, or for `'auto'` the first of `deviceOrder` that works and is not a software
 * renderer. A named device that cannot run is a `DeviceError`, never another device.
 */
export async function openBackend(backend: string, table: DeviceTable, options: BackendOptions = {}): Promise<Backend> {
  const { device = 'auto', threads } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1)) {
    throw new DeviceError({ where: `${backend}: threads`, got: String(threads), want: 'a whole number of at least 1' });
  }
  if (device !== 'auto') return openNamed(backend, table, device, options);
  const candidates = deviceOrder.filter((name) => table[name] !== undefined);
  const passedOver: PassedOver[] = [];
  for (const [index, name] of candidates.entries()) {
    const selection = { passedOver: [...passedOver], notTried: candidates.slice(index + 1) };
    try {
      const opened = await openDriver(backend, table, name, options, selection);
      if (!opened.report.software) return opened;
      await opened.dispose();
      passedOver.push({ device: name, reason: `a software renderer (${opened.report.adapter ?? 'unnamed'})` });
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      passedOver.push({
        device: name,
        reason: error.message,
        ...(error.missing === undefined ? {} : { missing: error.missing }),
      });
    }
  }
  throw new DeviceError({
    where: `${backend}: auto`,
    got: passedOver.map(({ device: name, reason }) => `${name}: ${reason}`).join('; ') || 'no device',
    want: 'one device that works',
  });
}

async function openNamed(
  backend: string,
  table: DeviceTable,
  device: Device,
  options: BackendOptions,
): Promise<Backend> {
  if (!Object.hasOwn(table, device)) {
    throw new DeviceError({
      where: `${backend}/${device}`,
      got: 'a device that this backend does not have here',
      want: [...Object.keys(table), 'auto'].join(', '),
    });
  }
  return openDriver(backend, table, device, options, { passedOver: [], notTried: [] });
}

async function openDriver(
  backend: string,
  table: DeviceTable,
  device: Device,
  options: BackendOptions,
  selection: Selection,
): Promise<Backend> {
  const driver = table[device];
  const where = `${backend}/${device}`;
  if (driver === undefined) throw new DeviceError({ where, got: 'no such device' });
  const lack = driver.ruleOut?.(options);
  if (typeof lack === 'string') throw new DeviceError({ where, got: lack });
  if (lack !== undefined) throw new DeviceError({ where, got: lack.reason, missing: lack.missing });
  let opening: Promise<Backend> | undefined;
  try {
    return await watchStart({ where, waitsForWorkers: device === 'wasm' }, () => {
      opening = driver.open(options, selection);
      return opening;
    });
  } catch (error) {
    // One that was given up may open yet.
    opening?.then(
      (late) => late.dispose(),
      () => {},
    );
    if (error instanceof StrataError) throw error;
    const script = explainMissingScript(error, where);
    if (script !== undefined) throw script;
    const missing = missingPackage(error);
    if (missing === undefined) throw new DeviceError({ where, got: messageOf(error), cause: error });
    throw new DeviceError({
      where,
      got: `the package ${missing} is not installed`,
      hint: `npm install ${missing}`,
      missing: `npm install ${missing}`,
      cause: error,
    });
  }
}

/** The package that Node did not find for an `import` of its name. */
function missingPackage(error: unknown): string | undefined {
  if (!(isError(error) && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) return undefined;
  return /^Cannot find package '([^']+)'/.exec(error.message)?.[1];
}
