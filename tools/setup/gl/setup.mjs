#!/usr/bin/env node
// Installs OpenGL in Node, the package gl, for backend-gpujs inside this project: see README.md beside this file.
import { runSetup } from '../run-setup.mjs';
import { SetupError, say } from '../say.mjs';
import { checkContext } from './context.mjs';
import { binaryPath, cachedBinary, findBinary, installPackage, placeBinary } from './package.mjs';

const usage = `usage: npm run setup:gl -- [--force]

  --force   build again although the package works`;

await runSetup({ name: 'setup:gl', usage, options: { force: { type: 'boolean' } }, main: setUp });

function setUp(values) {
  installPackage();
  const ready = checkContext();
  if (ready.state === 'works' && !values.force) return announce(ready);
  if (ready.state !== 'no display' || values.force) placeBinary(findBinary(values), binaryPath);
  const now = checkContext();
  if (now.state === 'works') return announce(now);
  if (now.state === 'no display') throw new SetupError(`gl is built, but ${now.reason}`, now.hint);
  throw new SetupError(`gl was built but does not load: ${now.reason}`, `delete ${cachedBinary()} and run again`);
}

function announce({ renderer, wrapper }) {
  const how = wrapper === undefined ? '' : `; there is no display here, so start programs under ${wrapper}`;
  say(`OpenGL is ready: gpujs/webgl on ${renderer}${how}`);
}
