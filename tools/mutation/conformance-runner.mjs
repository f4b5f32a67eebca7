// A test runner of Stryker whose tests are the subjects of the conformance suite on each js and wasm device, in this
// process: a mutant then costs what its first failing trial costs, and no start of anything.
import { readdirSync } from 'node:fs';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { createServer } from 'vite';
import { fromSource } from './from-source.mjs';

/** Devices in the order in which they are asked: the quickest first. */
const devices = ['tfjs/js', 'tfjs/wasm', 'gpujs/js', 'gpujs/wasm', 'onnx/wasm', 'tfjs/native'];

/** Where lowerings and kernels are. */
const rooms = [
  'packages/backend-onnx/src/lowerings',
  'packages/backend-tfjs/src/lowerings',
  'packages/backend-gpujs/src/kernels',
];

/** The interpreter that computes what the passes, all of them, make of a graph. */
const passesName = 'reference/js with all passes';

/** As in `npm test`, but for the interpreter, which is quick. One seed, so that a result can be repeated. */
const RUNS = 100;
const PASSES_RUNS = 400;
const SEED = 20261127;

class ConformanceRunner {
  #log;
  /** Where the instrumented sources keep which mutant is active and what was covered. */
  #instruments;
  #server;
  #suite;

  constructor(log) {
    this.#log = log;
    this.#instruments = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#server = await createServer({
      root: process.cwd(),
      configFile: false,
      logLevel: 'error',
      appType: 'custom',
      server: { middlewareMode: true, watch: null, hmr: false, ws: false },
      optimizeDeps: { noDiscovery: true, include: [] },
      plugins: [fromSource(process.cwd())],
    });
  }

  async dryRun() {
    const suite = await this.#load();
    const tests = [];
    for (const test of listTests(suite)) {
      this.#instruments.currentTestId = test.id;
      const result = await this.#run(test);
      this.#instruments.currentTestId = undefined;
      this.#log.debug(`${test.id}: ${result.timeSpentMs} ms`);
      tests.push(result);
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#instruments.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, sandboxFileName }) {
    const instruments = this.#instruments;
    instruments.hitCount = hitLimit === undefined ? undefined : 0;
    instruments.hitLimit = hitLimit;
    if (mutantActivation === 'static') this.#forget();
    // A static mutant has to be there while its module is loaded, all others only while tests run.
    instruments.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    const tests = [];
    try {
      const suite = await this.#load();
      instruments.activeMutant = activeMutant.id;
      for (const test of listTests(suite)) {
        if (wanted !== undefined && !wanted.has(test.id)) continue;
        if (!computesWith(test.target, sandboxFileName)) continue;
        const result = await this.#run(test);
        tests.push(result);
        if (result.status !== TestStatus.Success) break;
      }
    } catch (error) {
      // A static mutant may be noticed while its module loads; for any other, loading has nothing to do with it.
      if (mutantActivation !== 'static') throw error;
      const failure = { id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed };
      tests.push({ ...failure, failureMessage: String(error) });
    }
    instruments.activeMutant = undefined;
    if (mutantActivation === 'static') this.#forget();
    const tooOften = determineHitLimitReached(instruments.hitCount, instruments.hitLimit);
    return toMutantRunResult(tooOften ?? { status: DryRunStatus.Complete, tests });
  }

  async dispose() {
    await this.#server?.close();
  }

  async #load() {
    if (this.#suite !== undefined) return this.#suite;
    const load = (id) => this.#server.ssrLoadModule(id);
    const suite = {
      ...(await load('@strata/conformance')),
      core: await load('@strata/core'),
      reference: await load('@strata/core/reference'),
    };
    // A device loads its lowerings when it is opened, in the first test that needs it: only what is loaded before all
    // tests is known to count for all of them.
    for (const file of rooms.flatMap((room) => readdirSync(room).map((name) => `/${room}/${name}`))) await load(file);
    this.#suite = suite;
    return suite;
  }

  #forget() {
    this.#suite = undefined;
    this.#server.moduleGraph.invalidateAll();
  }

  async #run({ id, target, subject }) {
    const start = performance.now();
    const spent = () => ({ id, name: id, timeSpentMs: Math.round(performance.now() - start) });
    try {
      const failure = await checkOnce(this.#suite, target, subject);
      return failure === undefined
        ? { ...spent(), status: TestStatus.Success }
        : { ...spent(), status: TestStatus.Failed, failureMessage: failure };
    } catch (error) {
      return { ...spent(), status: TestStatus.Failed, failureMessage: String(error) };
    }
  }
}

/**
 * Whether a target's numbers come from a file: a backend's devices from its own. No backend changes what a pass does, so
 * the interpreter with all passes asks the same of it in a tenth of the time.
 */
function computesWith(target, file) {
  return target.name === passesName
    ? file.includes('/core/src/passes/')
    : file.includes(`/backend-${target.name.split('/')[0]}/`);
}

/** One subject on a device that is opened for it; what is wrong, or nothing. No gap is known, so one is wrong, too. */
async function checkOnce({ checkSubject, formatFailure, trialsOf }, target, subject) {
  const backend = await target.open();
  try {
    const options = {
      runs: trialsOf(subject, target.name === passesName ? PASSES_RUNS : RUNS),
      seed: SEED,
      shrink: false,
    };
    const result = await checkSubject(backend, subject, options);
    if (result.failed > 0) return formatFailure(result);
    return result.gaps.length > 0 ? `gaps: ${result.gaps.map(({ reason }) => reason).join('; ')}` : undefined;
  } finally {
    await backend.dispose();
  }
}

/** Subject by subject on all devices: the op's own trials find most, the laws and the networks what is left. */
function listTests({ allSubjects, core, nameTarget, reference, targets }) {
  const passes = [...core.defaultPasses, core.delayActivation];
  const chosen = [
    { name: passesName, open: async () => reference.createReferenceBackend({ passes }) },
    ...devices.map((name) => {
      const { device, open } = targets.find((target) => nameTarget(target) === name);
      // One process a core is running already.
      return { name, open: () => open(device === 'wasm' ? { threads: 1 } : {}) };
    }),
  ];
  return allSubjects.flatMap((subject) =>
    chosen.map((target) => ({ id: `${target.name}: ${subject}`, target, subject })),
  );
}

function createRunner(log) {
  return new ConformanceRunner(log);
}
createRunner.inject = tokens(commonTokens.logger);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'conformance', createRunner)];
