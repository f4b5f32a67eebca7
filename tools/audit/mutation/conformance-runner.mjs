// A test runner of Stryker whose tests are the subjects of the conformance suite on each js and wasm device, in this
// process: a mutant then costs what its first failing trial costs, and no start of anything.
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
import { isAbout } from './is-about.mjs';
import { listLowerings, listSources } from './list-lowerings.mjs';
import { noteNotJudged } from './not-judged.mjs';
import { SEED } from './seed.mjs';
import { withControls } from './with-controls.mjs';

/** Of quick devices, the order in which they are asked: what starts quickest first. */
const order = ['js', 'wasm', 'native'];

/** What several backends may take their lowerings from. */
const shared = 'packages/formats/src/onnx/operators';

/** The interpreter that computes what the passes, all of them, make of a graph. */
const passesName = 'reference/js with all passes';

/** As in `npm test`, but for the interpreter, which is quick. */
const RUNS = 100;
const PASSES_RUNS = 400;

class ConformanceRunner {
  #log;
  /** What is changed, as patterns: devices that compute with none of it have nothing to notice. */
  #mutate;
  /** Where the instrumented sources keep which mutant is active and what was covered. */
  #instruments;
  #server;
  #suite;

  constructor(log, { mutate }) {
    this.#log = log;
    this.#mutate = mutate;
    this.#instruments = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
    this.mutantRun = withControls({ mutantRun: (options) => this.#mutantRun(options) }, noteNotJudged);
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
    for (const test of this.#listTests(suite)) {
      this.#instruments.currentTestId = test.id;
      const result = await this.#run(test);
      this.#instruments.currentTestId = undefined;
      this.#log.debug(`${test.id}: ${result.timeSpentMs} ms`);
      tests.push(result);
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#instruments.mutantCoverage };
  }

  async #mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, sandboxFileName }) {
    const instruments = this.#instruments;
    instruments.hitCount = hitLimit === undefined ? undefined : 0;
    instruments.hitLimit = hitLimit;
    if (mutantActivation === 'static') this.#forget();
    // A static mutant has to be active while its module is loaded, all others only while tests run.
    instruments.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    const tests = [];
    try {
      const suite = await this.#load();
      instruments.activeMutant = activeMutant.id;
      for (const test of this.#listTests(suite)) {
        if (wanted !== undefined && !wanted.has(test.id)) continue;
        if (sandboxFileName !== undefined && !canNotice(test, sandboxFileName, suite)) continue;
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
      ...(await load('@strata/conformance/targets')),
      ...(await load('@strata/trials')),
      core: await load('@strata/core'),
      reference: await load('@strata/core/reference'),
    };
    // Imported here, not by its target: what Vite does not see named it would leave to Node, which loads what was
    // built.
    const modules = new Map();
    for (const { name, package: entry } of suite.backends) modules.set(name, await load(entry));
    // A device loads its lowerings when it is opened, in the first test that needs it: only what is loaded before all
    // tests is known to count for all of them.
    const files = suite.backends.flatMap(({ name }) => listLowerings(process.cwd(), name));
    for (const file of [...listSources(process.cwd(), shared), ...files]) await load(`/${file}`);
    this.#suite = { ...suite, modules };
    return this.#suite;
  }

  #listTests(suite) {
    return listTests(suite).filter(({ target }) => this.#mutate.some((pattern) => computesWith(target, `/${pattern}`)));
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

/** Where code of a backend lies besides its own package: ONNX's operators are what ONNX Runtime runs. */
const elsewhere = { onnx: '/formats/src/onnx/' };

/**
 * Whether a target's numbers come from a file: a backend's devices from its own. No backend changes what a pass does,
 * so the interpreter with all passes asks the same of it in a tenth of the time.
 */
function computesWith(target, file) {
  if (target.name === passesName) return file.includes('/core/src/passes/');
  const [backend] = target.name.split('/');
  return [`/backend-${backend}/`, elsewhere[backend]].some((folder) => folder !== undefined && file.includes(folder));
}

/** Whether a test can notice a mutant of a file. A control, which is of no file, is told what to run. */
function canNotice({ target, subject }, file, { core, laws }) {
  return computesWith(target, file) && isAbout(subject, file, core.computeKinds, laws);
}

/**
 * One subject on a device that is opened for it; what is wrong, or nothing. No gaps are known, so a gap is wrong too.
 */
async function checkOnce({ checkSubject, formatFailure, countTrials }, target, subject) {
  const backend = await target.open();
  try {
    const options = {
      runs: countTrials(subject, target.name === passesName ? PASSES_RUNS : RUNS),
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
function listTests({ allSubjects, core, modules, nameTarget, reference, targets }) {
  const passes = [...core.defaultPasses, core.delayActivation];
  const chosen = [
    { name: passesName, open: async () => reference.createReferenceBackend({ passes }) },
    ...targets
      .filter(({ pace, device }) => pace === 'quick' && order.includes(device))
      .sort((one, other) => order.indexOf(one.device) - order.indexOf(other.device))
      .map((target) => ({
        name: nameTarget(target),
        // There is already one process for each core.
        open: () =>
          modules
            .get(target.backend)
            .createBackend({ device: target.device, ...(target.device === 'wasm' ? { threads: 1 } : {}) }),
      })),
  ];
  return allSubjects.flatMap((subject) =>
    chosen.map((target) => ({ id: `${target.name}: ${subject}`, target, subject })),
  );
}

function createRunner(log, options) {
  return new ConformanceRunner(log, options);
}
createRunner.inject = tokens(commonTokens.logger, commonTokens.options);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'conformance', createRunner)];
