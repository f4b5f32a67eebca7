import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from '../run.mjs';
import { SetupError, say } from '../say.mjs';

export const cacheFolder = resolve(import.meta.dirname, '../../../.cache/tensorflow');

/** The version that the package's own install script asks for. */
const officialArchive = {
  'linux-x64': 'https://storage.googleapis.com/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
  'darwin-x64': 'https://storage.googleapis.com/tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz',
};

/**
 * TensorFlow's Python wheel for the CPU. 2.15.1 carries the C API as a library of its own, libtensorflow_cc, which
 * needs no Python; in 2.9 the same functions are in a Python extension, which does.
 */
const wheel = { name: 'tensorflow-cpu', version: '2.15.1', python: '3.11', abi: 'cp311' };
const wheelPlatforms = { 'linux-x64': ['manylinux2014_x86_64', 'manylinux_2_17_x86_64'] };

/** A folder with lib/ and include/, and where it came from: the first source that works. */
export async function findLibrary(from) {
  if (from !== undefined) return unpackNamed(resolve(from));
  const failures = [];
  for (const source of [downloadArchive, downloadWheel]) {
    try {
      return await source();
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      say(`  not this way: ${error.message}`);
      failures.push(error.message);
    }
  }
  throw new SetupError('no libtensorflow could be found', 'download one yourself and name it with --from');
}

function unpackNamed(path) {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) throw new SetupError(`--from ${path}: there is no such file or folder`);
  if (kind.isDirectory()) return checkFolder(path, path);
  return path.endsWith('.whl') ? unpackWheel(path) : unpackArchive(path);
}

async function downloadArchive() {
  const url = officialArchive[`${process.platform}-${process.arch}`];
  if (url === undefined) throw new SetupError(`there is no official archive for ${process.platform}-${process.arch}`);
  say(`libtensorflow from the official archive: ${url}`);
  const archive = join(cacheFolder, url.slice(url.lastIndexOf('/') + 1));
  if (!existsSync(archive)) await download(url, archive);
  return unpackArchive(archive);
}

/** Continues where an earlier attempt stopped. */
async function download(url, target) {
  mkdirSync(cacheFolder, { recursive: true });
  const part = `${target}.part`;
  const have = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  const signal = AbortSignal.timeout(15 * 60_000);
  const connected = await fetch(url, { headers: have > 0 ? { Range: `bytes=${have}-` } : {}, signal }).catch(
    (error) => {
      throw new SetupError(`${new URL(url).host} cannot be reached (${error.cause?.code ?? error.message})`);
    },
  );
  if (!connected.ok || connected.body === null) throw new SetupError(`${url} answered ${connected.status}`);
  await pipeline(
    Readable.fromWeb(connected.body),
    createWriteStream(part, { flags: connected.status === 206 ? 'a' : 'w' }),
  ).catch((error) => {
    throw new SetupError(`the download stopped (${error.message})`, 'run again to continue');
  });
  renameSync(part, target);
}

async function downloadWheel() {
  const platforms = wheelPlatforms[`${process.platform}-${process.arch}`];
  if (platforms === undefined) throw new SetupError(`no wheel is known to serve ${process.platform}-${process.arch}`);
  say(`libtensorflow from Python's ${wheel.name} ${wheel.version} (about 210 MB)`);
  const folder = join(cacheFolder, 'wheel');
  mkdirSync(folder, { recursive: true });
  const downloaded = async () => (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if ((await downloaded()) === undefined) {
    run(
      'python3',
      [
        ...['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', folder],
        ...['--python-version', wheel.python, '--implementation', 'cp', '--abi', wheel.abi],
        ...platforms.flatMap((platform) => ['--platform', platform]),
        `${wheel.name}==${wheel.version}`,
      ],
      { hint: 'this way needs python3 with pip (Debian: apt-get install python3-pip)' },
    );
  }
  return unpackWheel(join(folder, await downloaded()));
}

const unzip = `
import sys, zipfile
wheel, target = sys.argv[1:]
wanted = ('tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/platform/',
          'tensorflow/include/tensorflow/tsl/platform/', 'tensorflow/include/tsl/',
          'tensorflow/libtensorflow_cc.', 'tensorflow/libtensorflow_framework.')
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(target, [name for name in archive.namelist() if name.startswith(wanted)])
`;

function unpackWheel(path) {
  const folder = join(cacheFolder, 'from-wheel');
  unpackOnce(folder, path, (fresh) => run('python3', ['-c', unzip, path, fresh], { hint: 'install python3' }));
  const inside = join(folder, 'tensorflow');
  return checkFolder(inside, `wheel ${path.slice(path.lastIndexOf('/') + 1)}`, inside);
}

function unpackArchive(path) {
  const folder = join(cacheFolder, 'from-archive');
  unpackOnce(folder, path, (fresh) => run('tar', ['-xzf', path, '-C', fresh], { hint: 'install tar' }));
  return checkFolder(folder, `archive ${path.slice(path.lastIndexOf('/') + 1)}`);
}

/** Unpacks to a temporary folder and renames it, so that an existing folder is always complete. */
function unpackOnce(folder, path, unpack) {
  const mark = join(folder, '.unpacked-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === path) return;
  say(`  unpacking ${path}`);
  const fresh = `${folder}.part`;
  for (const stale of [fresh, folder]) rmSync(stale, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  unpack(fresh);
  writeFileSync(join(fresh, '.unpacked-from'), path);
  renameSync(fresh, folder);
}

function checkFolder(folder, source, libraries = join(folder, 'lib')) {
  const header = join(folder, 'include/tensorflow/c/c_api.h');
  if (!existsSync(header))
    throw new SetupError(`${source} has no include/tensorflow/c/c_api.h`, 'name another with --from');
  return { folder, libraries, source };
}
