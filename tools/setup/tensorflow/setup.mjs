#!/usr/bin/env node
// Installs TensorFlow's native runtime for backend-tfjs inside this project: see README.md beside this file.
import { rmSync } from 'node:fs';
import { runSetup } from '../run-setup.mjs';
import { SetupError, say } from '../say.mjs';
import { buildBinding, checkBinding, installPackage, linkLibrary, packageFolder } from './binding.mjs';
import { findLibrary } from './library.mjs';

const usage = `usage: npm run setup:tensorflow -- [--from PATH] [--nodedir DIR] [--force]

  --from PATH     take libtensorflow from this folder (lib/ and include/), .tar.gz archive or .whl wheel
  --nodedir DIR   folder with Node's own headers in include/node; found beside the running node where they are
  --force         build again although the binding loads`;

const options = { from: { type: 'string' }, nodedir: { type: 'string' }, force: { type: 'boolean' } };

await runSetup({ name: 'setup:tensorflow', usage, options, main: setUp });

async function setUp({ from, nodedir, force }) {
  const ready = checkBinding();
  if (ready.works && !force) return say(`TensorFlow ${ready.version} is ready: tfjs/native`);
  if (force) rmSync(packageFolder, { recursive: true, force: true });
  installPackage();
  const library = await findLibrary(from);
  linkLibrary(library);
  buildBinding(nodedir);
  const { works, version, reason } = checkBinding();
  if (!works) throw new SetupError(`the binding was built but does not load: ${reason}`, `library: ${library.source}`);
  say(`TensorFlow ${version} is ready: tfjs/native (${library.source})`);
}
