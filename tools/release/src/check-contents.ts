import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Tarball } from './pack.js';
import type { Manifest } from './packages.js';

const unwanted: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\.tsbuildinfo$/, why: "the compiler's notes" },
  { pattern: /(^|\/)tests?\/|\.test\./, why: 'a test' },
  { pattern: /\.map$/, why: 'a map of sources that are not in the package' },
  { pattern: /(?<!\.d)\.ts$/, why: 'a source, which users do not need' },
  { pattern: /^(tsconfig.*\.json|vitest\.config\.|biome\.json)/, why: "the repository's own settings" },
];

/** What is wrong with a package's files and its `package.json`, a line each. `unpacked` is the folder it was unpacked in. */
export function checkContents({ manifest, files }: Tarball, unpacked: string): string[] {
  return [
    ...['LICENSE', 'README.md'].filter((name) => !files.includes(name)).map((name) => `has no ${name}`),
    ...files.flatMap((file) =>
      unwanted.filter(({ pattern }) => pattern.test(file)).map(({ why }) => `${file}: ${why}`),
    ),
    ...files.filter((file) => /\.[cm]?[jt]s$/.test(file)).flatMap((file) => checkModule(file, files, unpacked)),
    ...checkManifest(manifest),
  ];
}

/** A compiled file's neighbours are in the package, and no map is spoken of that is not. */
function checkModule(file: string, files: readonly string[], unpacked: string): string[] {
  const code = readFileSync(join(unpacked, file), 'utf8');
  const imported = [
    ...code.matchAll(/^(?:import|export)\b[^'"\n]*["'](\.[^"']+)["']|\bimport\(["'](\.[^"']+)["']\)/gm),
  ];
  // Declarations name the modules that they declare; what runs needs these modules themselves.
  const isDeclaration = /\.d\.[cm]?ts$/.test(file);
  const missing = imported
    .map(([, first, second]) => posix.join(posix.dirname(file), first ?? second))
    .filter((path) => !files.includes(isDeclaration ? path.replace(/\.js$/, '.d.ts') : path))
    .map((path) => `${file}: imports ${path}, which is not in the package`);
  return code.includes('sourceMappingURL=') ? [...missing, `${file}: names a source map`] : missing;
}

function checkManifest({ license, keywords = [], repository, engines, publishConfig, ...rest }: Manifest): string[] {
  const complaints: string[] = [];
  if (license !== 'MIT') complaints.push('package.json: license is not MIT');
  if (keywords.length < 3) complaints.push('package.json: fewer than three keywords');
  if (repository?.directory === undefined) complaints.push('package.json: no repository with its directory');
  if (engines?.node === undefined) complaints.push('package.json: no engines.node');
  if (publishConfig?.access !== 'public') complaints.push('package.json: publishConfig.access is not public');
  for (const [name, wanted] of Object.entries({ ...rest.dependencies, ...rest.peerDependencies })) {
    if (name.startsWith('@strata/') && wanted !== rest.version) {
      complaints.push(`package.json: wants ${name} ${wanted}, where all our packages have version ${rest.version}`);
    }
  }
  return complaints;
}
