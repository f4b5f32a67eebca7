import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './packages.js';
import { run } from './run.js';

/** TypeScripts by the folder that they are installed in here. */
export const compilers = ['typescript', 'typescript-5'] as const;
export const resolutions = ['node16', 'nodenext', 'bundler'] as const;
/** What a user's TypeScript knows of the runtime, and where it has that from. */
export const worlds = {
  page: { lib: ['es2022', 'dom', 'dom.iterable'], types: [] },
  worker: { lib: ['es2022', 'webworker'], types: [] },
  node: { lib: ['es2022'], types: ['node'] },
  nothing: { lib: ['es2022'], types: [] },
} as const;

export interface Setting {
  readonly compiler: (typeof compilers)[number];
  readonly moduleResolution: (typeof resolutions)[number];
  readonly world: keyof typeof worlds;
}

/** Type-checks files of a project, our declarations and all that they import included. Empty when all is well. */
export async function checkTypes(project: string, files: readonly string[], setting: Setting): Promise<string> {
  const { compiler, moduleResolution, world } = setting;
  const config = {
    compilerOptions: {
      ...worlds[world],
      target: 'es2022',
      module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
      moduleResolution,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    },
    files,
  };
  const name = `tsconfig.${compiler}-${moduleResolution}-${world}.json`;
  await writeFile(join(project, name), JSON.stringify(config));
  const tsc = join(root, 'node_modules', compiler, 'bin/tsc');
  const { status, stdout, stderr } = await run(process.execPath, [tsc, '-p', name, '--pretty', 'false'], {
    cwd: project,
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
