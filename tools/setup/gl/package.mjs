import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { run } from '../run.mjs';
import { SetupError, say } from '../say.mjs';

const root = resolve(import.meta.dirname, '../../..');
const version = '8.1.6';
const packageFolder = join(root, 'node_modules/gl');
const cacheFolder = join(root, '.cache/gl');
const built = 'build/Release/webgl.node';

/** Where the package looks for its native part: one file. */
export const binaryPath = join(packageFolder, built);

/** Where a binary is kept that fits this Node: the package uses V8 itself, so each major version needs its own. */
export function cachedBinary({ platform, arch, versions } = process) {
  return join(cacheFolder, `gl-${version}-${platform}-${arch}-abi${versions.modules}.node`);
}

/**
 * The package's JavaScript and sources. `npm ci` brings them, as an optional part of gpu.js, without running its
 * script.
 */
export function installPackage() {
  if (existsSync(join(packageFolder, 'binding.gyp')) && installedVersion() === version) return;
  say(`installing gl ${version} without its install script (npm takes out again what only setup:tensorflow put in)`);
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `gl@${version}`], {
    cwd: root,
    hint: 'the package registry must be in reach',
  });
}

function installedVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
}

/** A binary for this Node: from the cache, else the official one, else built. */
export function findBinary({ force = false } = {}) {
  const cached = cachedBinary();
  if (force) rmSync(cached, { force: true });
  if (existsSync(cached)) {
    say(`the binary is in the cache: ${cached}`);
    return cached;
  }
  const source = copySource();
  if (!downloadBinary(source)) build(source);
  placeBinary(join(source, built), cached);
  rmSync(source, { recursive: true, force: true });
  return cached;
}

/** Copies to a temporary file and renames it, so that an existing file is always complete. */
export function placeBinary(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const fresh = `${to}.part`;
  copyFileSync(from, fresh);
  renameSync(fresh, to);
}

/** The work is done in a copy: whatever uses the package in the meantime never sees it half-built. */
function copySource() {
  const source = join(cacheFolder, 'source');
  rmSync(source, { recursive: true, force: true });
  cpSync(packageFolder, source, { recursive: true });
  rmSync(join(source, 'build'), { recursive: true, force: true });
  return source;
}

/** What the package's own install script tries first. */
function downloadBinary(source) {
  const tool = join(root, 'node_modules/prebuild-install/bin.js');
  const { status, stderr } = spawnSync(process.execPath, [tool], { cwd: source, encoding: 'utf8', timeout: 120_000 });
  if (status === 0 && existsSync(join(source, built))) return true;
  const line = stderr.split('\n').find((one) => one.includes('warn')) ?? 'no answer';
  say(`  the official binary cannot be had: ${line.replace(/^prebuild-install warn (install )?/, '')}`);
  return false;
}

function build(source) {
  if (process.platform === 'linux') checkTools();
  const nodedir = findNodeHeaders();
  say(`building gl ${version} from source, which takes some minutes`);
  const gyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');
  const headers = nodedir === undefined ? [] : [`--nodedir=${nodedir}`];
  run(process.execPath, [gyp, 'rebuild', '-j', 'max', ...headers], {
    cwd: source,
    hint: "this needs a C++ compiler, make, Python 3 and OpenGL's headers (README.md in tools/setup/gl), and Node's own headers beside the running node or from nodejs.org",
  });
}

const programs = { 'g++': 'g++', make: 'make', python3: 'python3', 'pkg-config': 'pkg-config' };
const libraries = { x11: 'libx11-dev', xext: 'libxext-dev', xi: 'libxi-dev', gl: 'libgl1-mesa-dev' };

/** Throws `SetupError` that names all that a build lacks at once. `has` is for tests. */
export function checkTools(has = (program, args) => spawnSync(program, args).status === 0) {
  const missing = Object.entries(programs).filter(([program]) => !has(program, ['--version']));
  const headers = missing.some(([program]) => program === 'pkg-config')
    ? Object.entries(libraries)
    : Object.entries(libraries).filter(([library]) => !has('pkg-config', ['--exists', library]));
  const packages = [...missing, ...headers].map(([, debian]) => debian);
  if (packages.length === 0) return;
  const names = [...missing.map(([program]) => program), ...headers.map(([library]) => `the headers of ${library}`)];
  throw new SetupError(`the build lacks ${names.join(', ')}`, `Debian: apt-get install ${packages.join(' ')}`);
}

function findNodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? prefix : undefined;
}
