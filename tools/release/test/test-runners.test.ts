import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendNames, run, testRunners, writeTestFile } from '../src/index.js';
import { makeProject, type Project } from './support/shared.js';

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
afterAll(() => project?.remove());

describe.each(testRunners)("the README's program as a test of $name", (runner) => {
  // Jest's sandbox is the one that differs most; in the others all backends are as good as in Node itself.
  const backends = runner.name === 'jest' ? backendNames() : ['onnx'];

  it.each(backends)('with backend-%s', async (backend) => {
    const file = await writeTestFile(project.folder, backend, runner);
    // What runs this test leaves marks by which the others would take themselves for its workers.
    const env = {
      FORCE_COLOR: '0',
      NODE_OPTIONS: '',
      VITEST: '',
      JEST_WORKER_ID: '',
      NODE_ENV: '',
    };
    const ran = await run(process.execPath, runner.args(file), { cwd: project.folder, env, timeout: 100_000 });
    const said = stripVTControlCharacters(`${ran.stdout}${ran.stderr}`);
    expect(ran.status, said).toBe(0);
    expect(said).toMatch(/Ankle boot 0\.9/);
  });
});
