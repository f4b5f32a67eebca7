import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendNames, checkTypes, compilers, resolutions, type Setting, writeEntries } from '../src/index.js';
import { makeProject, type Project } from './support/shared.js';

let project: Project;
let filesFor: Readonly<Record<Setting['world'], readonly string[]>>;
beforeAll(async () => {
  project = await makeProject();
  filesFor = await writeEntries(project.folder, project.tarballs, backendNames());
});
afterAll(() => project?.remove());

// TypeScript 5 takes ten times as long; `npm run release:check -- --all` has all of its settings.
const chosen = { typescript: resolutions, 'typescript-5': ['bundler'] } as const;

describe.each(compilers)('under %s', (compiler) => {
  describe.each(chosen[compiler])('with moduleResolution %s', (moduleResolution) => {
    it.each(['page', 'worker', 'node', 'nothing'] as const)(
      "the README's program and every entry, knowing of: %s",
      async (world) => {
        expect(await checkTypes(project.folder, filesFor[world], { compiler, moduleResolution, world })).toBe('');
      },
    );
  });
});
