#!/usr/bin/env node
// Installs TensorFlow's native runtime for backend-tfjs inside this project: see README.md beside this file.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildBinding, checkBinding, installPackage, linkLibrary, packageFolder } from './binding.mjs';
import { findLibrary } from './library.mjs';
import { SetupError, say } from './say.mjs';

const usage = `usage: npm run setup:tensorflow -- [--from PATH] [--nodedir DIR] [--force]

  --from PATH     take libtensorflow from this folder (lib/ and include/), .tar.gz archive or .whl wheel
  --nodedir DIR   folder with Node's own headers in include/node; found beside the running node where they are
  --force         build again although the binding loads`;

async function main() {
  const { values } = readArguments();
  if (values.help) return say(usage);
  const ready = checkBinding();
  if (ready.works && !values.force) return say(`TensorFlow ${ready.version} is ready: tfjs/native`);
  if (values.force) rmSync(packageFolder, { recursive: true, force: true });
  installPackage();
  const library = await findLibrary(values.from);
  linkLibrary(library);
  buildBinding(values.nodedir);
  const { works, version, reason } = checkBinding();
  if (!works) throw new SetupError(`the binding was built but does not load: ${reason}`, `library: ${library.source}`);
  say(`TensorFlow ${version} is ready: tfjs/native (${library.source})`);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        from: { type: 'string' },
        nodedir: { type: 'string' },
        force: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    console.error(`error: ${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`error: setup:tensorflow: ${error.message}`);
  process.exitCode = 1;
}
