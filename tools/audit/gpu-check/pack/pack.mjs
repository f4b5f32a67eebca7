import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fetchNode } from '../../nodes/fetch-node.mjs';
import { leftOut, samples } from './contents.mjs';
import { copyPackages } from './copy-packages.mjs';

const root = resolve(import.meta.dirname, '../../../..');
const here = import.meta.dirname;
export const limitBytes = 60e6;

/** The smallest of the supported lines. */
const nodeVersion = '20';

/** Where a Vulkan loader may be, for machines that have none. */
const loaders = [
  '/usr/lib/x86_64-linux-gnu/libvulkan.so.1',
  '/usr/lib64/libvulkan.so.1',
  '/usr/lib/libvulkan.so.1',
  '/usr/lib/chromium/libvulkan.so.1',
];

/**
 * Writes the folder `strata-gpu-check` and its archive into `.cache/gpu-check`. Throws when the archive is larger than
 * 60 MB, or when something that belongs in it is not here.
 */
export async function pack(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('this packs for Linux on x86-64, from it');
  const folder = join(root, '.cache/gpu-check/strata-gpu-check');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const packages = copyPackages(root, folder);
  say(`packages: ${packages.length}`);
  copyNode(join(folder, 'bin/node'));
  const loader = copyLoader(join(folder, 'lib/libvulkan.so.1'));
  await writePictures(join(folder, 'pictures.json'));
  cpSync(join(here, 'check.sh'), join(folder, 'check.sh'));
  chmodSync(join(folder, 'check.sh'), 0o755);
  writeFileSync(join(folder, 'README.txt'), describe(loader));
  const archive = compress(folder);
  const { size } = statSync(archive);
  if (size > limitBytes) throw new Error(`${archive} has ${megabytes(size)}, want ${megabytes(limitBytes)} at most`);
  say(`${archive}: ${megabytes(size)}`);
  return { folder, archive, size };
}

function copyNode(path) {
  const program = fetchNode(nodeVersion);
  cpSync(program, path);
  chmodSync(path, 0o755);
  cpSync(join(dirname(dirname(program)), 'LICENSE'), `${dirname(path)}/LICENSE.node`);
  // Symbols are for debuggers. Without `strip` the archive may become too large; the size check then says so.
  spawnSync('strip', ['--strip-all', path]);
}

/** Returns where it came from; undefined where this machine has none. */
function copyLoader(path) {
  const found = loaders.find((candidate) => existsSync(candidate));
  if (found === undefined) return undefined;
  cpSync(realpathSync(found), path);
  return found;
}

/** Decoded here, because the library that does it is large. */
async function writePictures(path) {
  const { default: sharp } = await import('sharp');
  const pictures = await Promise.all(
    Object.entries(samples).map(async ([file, label]) => {
      const picture = sharp(join(root, 'packages/googlenet/samples', file)).ensureAlpha();
      const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
      return { label, width: info.width, height: info.height, rgba: data.toString('base64') };
    }),
  );
  writeFileSync(path, JSON.stringify(pictures));
}

function compress(folder) {
  const archive = `${folder}.tar.xz`;
  const env = { ...process.env, XZ_OPT: '-6 -T0' };
  const { status, stderr, error } = spawnSync('tar', ['-cJf', archive, '-C', dirname(folder), basename(folder)], {
    encoding: 'utf8',
    env,
  });
  if (status === 0) return archive;
  throw new Error(`tar and xz are needed (Debian: apt-get install xz-utils): ${error?.message ?? stderr}`);
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function describe(loader) {
  const missing = Object.entries(leftOut).map(([name, what]) => `  ${name}: ${what}`);
  return `Checks Strata on every WebGPU device of this machine (Linux, x86-64). Nothing is downloaded or installed.

  ./check.sh           prints one table; everything is in gpu-check.json beside it
  ./check.sh --help    the options

It needs a GPU driver with Vulkan, glibc 2.28 or newer and libstdc++. The Vulkan loader is the system's; where there is
none, ${loader === undefined ? 'install libvulkan1: the machine that packed this had none to give.' : 'the one in lib/ is used.'}

Left out, with what does not run here because of it:
${missing.join('\n')}
`;
}
