// npm run docs: the API reference of every package that is published, into docs/api. Warnings are errors: a name
// without a docstring, a link that leads nowhere, a type that is used but not exported.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Application, Converter, ReflectionKind } from 'typedoc';
import { root } from './root.js';

const packages = join(root, 'packages');

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

interface Entry {
  /** What users import, such as `@strata/core/reference`. */
  readonly name: string;
  /** Its declarations, in `dist`: what is documented is what is published. */
  readonly file: string;
}

function readManifests(): (Manifest & { readonly folder: string })[] {
  return readdirSync(packages).map((name) => {
    const folder = join(packages, name);
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { ...manifest, folder };
  });
}

const manifests = readManifests().filter((manifest) => manifest.private !== true);
const entries: readonly Entry[] = manifests.flatMap(({ name, exports = {}, folder }) =>
  Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'object' && target.types !== undefined
      ? [{ name: join(name, path), file: join(folder, target.types) }]
      : [],
  ),
);

const application = await Application.bootstrap({
  name: 'Strata',
  entryPoints: entries.map(({ file }) => file),
  basePath: packages,
  tsconfig: join(root, 'tools/docs/tsconfig.api.json'),
  readme: join(root, 'README.md'),
  out: join(root, 'docs/api'),
  disableSources: true,
  excludeExternals: true,
  githubPages: false,
  includeVersion: false,
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: true },
  requiredToBeDocumented: ['Class', 'Interface', 'Function', 'TypeAlias', 'Variable', 'Enum'],
  packagesRequiringDocumentation: manifests.map(({ name }) => name),
});

// Modules are named by what users import, not by where the file is. TypeDoc's own names are paths below `basePath`.
application.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const entry = entries.find(({ file }) => pathName(file) === module.name);
    if (entry === undefined) throw new Error(`${module.name}: not an entry of a package`);
    module.name = entry.name;
  }
});

function pathName(file: string): string {
  return relative(packages, file).replace(/(\/index)?\.d\.ts$/, '');
}

const project = await application.convert();
if (project === undefined) process.exit(1);
application.validate(project);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);
await application.generateOutputs(project);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);
