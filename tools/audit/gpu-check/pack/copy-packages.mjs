import { cpSync, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { leftOut, leftOutWithin, ours, parts } from './contents.mjs';

/** Copies our packages and all that they depend on into `target`/node_modules. Returns the names of what it copied. */
export function copyPackages(root, target) {
  const copied = new Set();
  for (const { name, folders } of ours) {
    const from = realpathSync(join(root, 'node_modules', name));
    copyFiles(from, join(target, 'node_modules', name), folders);
    copied.add(name);
    for (const needed of needsOf(from)) copyWithNeeds(root, from, needed, target, copied);
  }
  return [...copied].sort();
}

function copyWithNeeds(root, asker, name, target, copied) {
  if (name in leftOut || name.startsWith('@types/') || name === '@webgpu/types') return;
  const from = findPackage(root, asker, name);
  const place = relative(root, from);
  if (copied.has(place) || ours.some((own) => own.name === name)) return;
  copied.add(place);
  copyFiles(from, join(target, place), parts[name] ?? ['.']);
  for (const needed of needsOf(from)) {
    if (!leftOutWithin[name]?.includes(needed)) copyWithNeeds(root, from, needed, target, copied);
  }
}

/** What a package loads: peers, too, where they are installed. */
function needsOf(folder) {
  const { dependencies, optionalDependencies, peerDependencies } = readManifest(folder);
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

function findPackage(root, asker, name) {
  for (let folder = asker; folder.startsWith(root); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
  }
  throw new Error(`${name}, which ${relative(root, asker)} needs, is not installed; run npm ci`);
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Declarations, maps and documents are for people who write programs; licences are packed. */
const isNeeded = (path) => !/\.(d\.[cm]?ts|map|md|tsbuildinfo|flow)$|[\\/](test|tests|docs|node_modules)$/i.test(path);

function copyFiles(from, to, folders) {
  const licences = readdirSync(from).filter((name) => /^(licen[cs]e|notice|thirdpartynotices)/i.test(name));
  for (const part of ['package.json', ...licences, ...folders]) {
    const source = join(from, part);
    if (!existsSync(source)) throw new Error(`${source} is missing; run npm run build`);
    cpSync(source, join(to, part), {
      recursive: true,
      dereference: true,
      filter: (path) => path === from || path === source || isNeeded(path.slice(from.length)),
    });
  }
}
