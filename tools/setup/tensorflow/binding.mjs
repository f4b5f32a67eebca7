import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { run } from '../run.mjs';
import { SetupError, say } from '../say.mjs';

const root = resolve(import.meta.dirname, '../../..');
const name = '@tensorflow/tfjs-node-gpu';
const version = '4.22.0';

export const packageFolder = join(root, 'node_modules', name);

/** Whether the binding is there and loads in a process of its own, and TensorFlow's version. */
export function checkBinding() {
  const binding = join(packageFolder, 'lib/napi-v8/tfjs_binding.node');
  if (!existsSync(binding)) return { works: false, reason: `${binding} is missing` };
  const probe = 'process.stdout.write(require(process.argv[1]).TF_Version)';
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', probe, binding], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  return status === 0 ? { works: true, version: stdout } : { works: false, reason: lastLine(stderr) };
}

/** The package's JavaScript, without its install script, which would fetch from outside the registry. */
export function installPackage() {
  if (existsSync(join(packageFolder, 'binding.gyp'))) return;
  say(`installing ${name} ${version} without its install script`);
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`], {
    cwd: root,
    hint: 'the package registry must be in reach',
  });
}

/** Puts headers and libraries where the package's build and run time look for them. Links: nothing is copied twice. */
export function linkLibrary({ folder, libraries, source }) {
  const deps = join(packageFolder, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, 'lib'), { recursive: true });
  symlinkSync(join(folder, 'include'), join(deps, 'include'));
  const files = readdirSync(libraries).filter((file) => /\.(so|dylib)/.test(file));
  for (const file of files) symlinkSync(join(libraries, file), join(deps, 'lib', file));
  const extension = process.platform === 'darwin' ? 'dylib' : 'so';
  for (const [wanted, candidates] of [
    ['libtensorflow', /^libtensorflow(_cc)?\.(so|\d|dylib)/],
    ['libtensorflow_framework', /^libtensorflow_framework\.(so|\d|dylib)/],
  ]) {
    const found = files.find((file) => candidates.test(file));
    if (found === undefined) throw new SetupError(`${source} has no ${wanted}`, 'name another with --from');
    const plain = `${wanted}.${extension}`;
    if (!files.includes(plain)) symlinkSync(join(libraries, found), join(deps, 'lib', plain));
  }
}

/** Builds the package's own binding with node-gyp against the linked library. */
export function buildBinding(nodedir = findNodeHeaders()) {
  say(`building the binding${nodedir === undefined ? '' : ` with Node's headers in ${nodedir}`}`);
  const gyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');
  const target = join(packageFolder, 'lib/napi-v8');
  run(
    process.execPath,
    [
      ...[gyp, 'rebuild', '--module_name=tfjs_binding', `--module_path=${target}`, '--napi_build_version=8'],
      ...(nodedir === undefined ? [] : [`--nodedir=${nodedir}`]),
    ],
    {
      cwd: packageFolder,
      hint: "this needs a C++ compiler, make and Python 3 (Debian: apt-get install g++ make python3), and Node's headers: --nodedir DIR where they cannot be downloaded",
    },
  );
}

function findNodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node_api.h')) ? prefix : undefined;
}

function lastLine(text) {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.find((line) => line.includes('Error')) ?? lines.at(-1) ?? 'no message';
}
