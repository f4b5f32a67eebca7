// A test runner of Stryker that runs a package's own tests: Stryker's for vitest, in the package's folder, with controls.
import { join } from 'node:path';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus } from '@stryker-mutator/api/test-runner';
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner';
import { noteNotJudged } from './not-judged.mjs';
import { rooms } from './rooms.mjs';
import { withControls } from './with-controls.mjs';

/** The environment names the room to the test runner and to vitest's configuration. */
export const variable = 'STRATA_MUTANTS_ROOM';

export class PackageRunner {
  #inner;

  constructor(inner) {
    this.#inner = inner;
    this.mutantRun = withControls({ mutantRun: (options) => this.#run(options) }, noteNotJudged);
  }

  capabilities() {
    return this.#inner.capabilities();
  }

  async init() {
    // As in `npm test`: tests find their files from the package's folder.
    const { folder } = rooms.find(({ name }) => name === process.env[variable]);
    process.chdir(join(process.cwd(), folder));
    await this.#inner.init();
  }

  async dryRun(options) {
    const result = await this.#inner.dryRun(options);
    const broken = this.#broken();
    return result.status === DryRunStatus.Complete && broken !== undefined
      ? { status: DryRunStatus.Error, errorMessage: broken }
      : result;
  }

  /** Two ways to notice that Stryker's runner does not count: a file that does not load, an error outside of all tests. */
  async #run(options) {
    this.#inner.ctx.state.errorsSet.clear();
    const result = await this.#inner.mutantRun(options);
    const noticed = result.status === MutantRunStatus.Survived ? this.#broken() : result.errorMessage;
    if (noticed === undefined) return result;
    const killedBy = options.testFilter ?? [];
    return { status: MutantRunStatus.Killed, nrOfTests: 0, failureMessage: noticed, killedBy };
  }

  /** The error of a test file that does not load, if there is one. */
  #broken() {
    const failed = this.#inner.ctx.state.getFiles().find(({ result }) => result?.state === 'fail');
    return failed && `${failed.name}: ${failed.result.errors?.[0]?.message ?? 'does not load'}`;
  }

  async dispose() {
    await this.#inner.dispose();
  }
}

function createRunner(injector) {
  const [{ factory }] = vitestPlugins;
  return new PackageRunner(injector.injectFunction(factory));
}
createRunner.inject = tokens(commonTokens.injector);

export { strykerValidationSchema } from '@stryker-mutator/vitest-runner';
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'package', createRunner)];
