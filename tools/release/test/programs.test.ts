import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendNames, deviceOf, isExpected, run } from '../src/index.js';
import { makeProject, type Project } from './support/shared.js';

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
afterAll(() => project?.remove());

describe.each(backendNames())("the README's program, installed, with backend-%s", (backend) => {
  it.each(['mjs', 'cjs'])('as .%s', async (ending) => {
    // Nx asks for colours, and console.log would give them.
    const options = { cwd: project.folder, env: { FORCE_COLOR: '0' } };
    const { status, stdout, stderr } = await run(process.execPath, [`${backend}.${ending}`], options);
    expect({ status, stderr: stderr.replace(/^.*(ExperimentalWarning|--trace-warnings).*\n/gm, '') }).toEqual({
      status: 0,
      stderr: '',
    });
    expect(isExpected(backend, stdout), stdout).toBe(true);
    console.info(`${backend}.${ending}: ${deviceOf(stdout)} on Node ${process.version}`);
  });
});
