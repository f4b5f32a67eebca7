// Node binds an addon's symbols when they are first called: with a libtensorflow that lacks one, the process ends there.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { conclude, notHere } from './support/conclude.mjs';

const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'));
const binding = 'lib/napi-v8/tfjs_binding.node';
if (process.platform !== 'linux' || !existsSync(join(folder, binding)))
  notHere('no TensorFlow: npm run setup:tensorflow');

const copy = mkdtempSync(join(tmpdir(), 'missing-symbol-'));
for (const part of ['lib/napi-v8', 'deps/lib']) mkdirSync(join(copy, part), { recursive: true });
copyFileSync(join(folder, binding), join(copy, binding));
const libraries = readdirSync(join(folder, 'deps/lib'));
for (const file of libraries.filter((name) => !name.startsWith('libtensorflow_cc'))) {
  symlinkSync(join(folder, 'deps/lib', file), join(copy, 'deps/lib', file));
}
const empty = 'libtensorflow_cc.so.2';
execFileSync('gcc', ['-shared', `-Wl,-soname,${empty}`, '-x', 'c', '/dev/null', '-o', join(copy, 'deps/lib', empty)]);

const load = (flags) =>
  spawnSync(
    process.execPath,
    [
      '-e',
      `try { process.dlopen({ exports: {} }, ${JSON.stringify(join(copy, binding))}${flags}); console.log('loaded'); }
       catch (error) { console.log('an exception') }`,
    ],
    { encoding: 'utf8' },
  );
const results = { 'as Node loads it': load(''), RTLD_NOW: load(", require('os').constants.dlopen.RTLD_NOW") };
rmSync(copy, { recursive: true });
for (const [name, { status, signal, stdout, stderr }] of Object.entries(results)) {
  const told = stderr.split('\n').find((line) => line.includes('symbol lookup')) ?? '';
  console.log(
    `${name}: ${stdout.trim() || told.replace(/^.*: (?=symbol|undefined)/, '')}, ${signal ?? `exit code ${status}`}`,
  );
}
conclude(results['as Node loads it'].status !== 0 && results.RTLD_NOW.status === 0);
