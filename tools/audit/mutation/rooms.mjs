// What is changed, room by room, and the tests that have to notice.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { leftOut as needMore } from '../nodes/core-of-the-suite.mjs';
import { listLowerings } from './list-lowerings.mjs';

const root = resolve(import.meta.dirname, '../../..');

/**
 * @typedef {object} Room
 * @property {string} name `formats/npy`: its page is `docs/reports/mutants/formats-npy.md`.
 * @property {readonly string[]} mutate What is changed: globs from the root of the repository, `!` takes away.
 * @property {string} [folder] The package whose own tests have to notice; none where the conformance suite has to.
 * @property {RegExp} [tests] Which of the package's test files, by their paths below `test`; all where left out.
 */

/** The rooms of a package's own tests, those first that take least. */
const own = [
  room('formats/npy', 'npy/*.ts', /^npy|^odd-values/),
  room('formats/safetensors', '{safetensors/*,half,decode-floats,other-weights}.ts', /^safetensors|^half|^odd-values/),
  room('core/weights', 'weights/*.ts', /^bind|^initialise|^odd-values|^unread-weights|^backend.aliasing/),
  room('formats/identify', 'identify/*.ts', /^identify|other-file|^npy/),
  room('core/queue', 'backend/{serial-queue,array-pool,abort-listeners,detach}.ts', /^backend|queue|pool|realms|loss/),
  room('core/backend', 'backend/*.ts', /^backend|^(bind-dev|device|gpu|list|load|node|open|realms|wasm)/, [
    'serial-queue',
    'array-pool',
    'abort-listeners',
    'detach',
  ]),
  room('formats/onnx', 'onnx/{encoding,reading,importers}/*.ts', /^onnx/),
  room('formats/caffe', '{caffe,protobuf}/*.ts', /^caffe|^onnx/),
  room('formats/pytorch', '{pytorch,zip}/**/*.ts', /^pytorch/),
  room('googlenet/download', 'download/*.ts', /download|cache/),
  room('googlenet/checkpoints', 'checkpoints/*.ts', /checkpoint|odd-weights|odd-variants|weights-files|aliasing/),
  room('googlenet/model', 'model/*.ts', /batches|model|finite|aliasing|odd-pictures/),
  room('googlenet/preprocess', 'preprocess/*.ts', /garment|imagenet|opac|orientation|pictures|plain|resize|shows/),
  room('cli', '**/*.ts'),
];

/** @type {readonly Room[]} */
export const rooms = [
  ...own,
  ...backends().map((name) => ({
    name: `${name}/sessions`,
    folder: `packages/backend-${name}`,
    mutate: [`packages/backend-${name}/src/{*,runtime/*,library/*}.ts`, '!**/{declaration,index,index.browser,*.d}.ts'],
  })),
  {
    name: 'core/passes',
    // It checks what passes do, and core's own tests check it.
    mutate: ['packages/core/src/passes/*.ts', '!**/passes/{pass,index}.ts'],
  },
  {
    name: 'formats/onnx-operators',
    // ONNX Runtime gets Dropout and LRN in other forms: the package's own tests check them.
    mutate: ['packages/formats/src/onnx/operators/*.ts', '!**/operators/{dropout,lrn}.ts'],
  },
  ...backends()
    .filter((name) => listLowerings(root, name).length > 0)
    .map((name) => ({
      name: `${name}/lowerings`,
      mutate: [`packages/backend-${name}/src/{lowerings,kernels}/**/*.ts`],
    })),
];

/** The page of a room, from the root of the repository. */
export function pageOf({ name }) {
  return `docs/reports/mutants/${name.replace('/', '-')}.md`;
}

/**
 * The test files of a room, by their paths below its package's `test`, and those that are left out: browsers, and drivers
 * in software, take minutes, and Stryker's process, where the mutants are, is not theirs.
 */
export function testsOf({ folder, tests = /./ }, base = root) {
  const names = readdirSync(join(base, folder, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && tests.test(name))
    .sort();
  return { run: names.filter((name) => !needMore.test(name)), leftOut: names.filter((name) => needMore.test(name)) };
}

function room(name, files, tests, without = []) {
  const [folder] = name.split('/');
  const sources = `packages/${folder}/src`;
  const left = [...without, 'index', 'types'].join(',');
  return { name, folder: `packages/${folder}`, mutate: [`${sources}/${files}`, `!**/{${left}}.ts`], tests };
}

function backends() {
  return readdirSync(join(root, 'packages'))
    .filter((name) => name.startsWith('backend-') && existsSync(join(root, 'packages', name, 'src')))
    .map((name) => name.slice('backend-'.length))
    .sort();
}
