// Opens every backend on every device that this machine has, runs a network on it and closes it; then compares all
// globals, and navigator's own properties, with what they were. Prints one JSON value: which devices ran, what differs.
import { nameTarget, targets } from '@strata/conformance/targets';
import { LayerBuilder, tensor } from '@strata/core';

/** Globals in which a library keeps its state as long as it is loaded: without them it would stop working. */
const keptByLibraries = {
  'globalThis._tfGlobals': 'TensorFlow.js: its registry of kernels and platforms',
  'globalThis.proto': '@tensorflow/tfjs-node: the messages that it writes for TensorBoard',
  'globalThis._tfengine': 'TensorFlow.js: its engine, one for all copies of the library',
};

function snapshot() {
  const owners = { globalThis, ...(typeof navigator === 'undefined' ? {} : { navigator }) };
  return new Map(
    Object.entries(owners).flatMap(([owner, object]) =>
      Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, found]) => [`${owner}.${name}`, found]),
    ),
  );
}

function differences(before, after) {
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => !(name in keptByLibraries));
  return names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined || is === undefined) return [`${name} was ${was === undefined ? 'added' : 'removed'}`];
    const same = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'].every((key) =>
      Object.is(was[key], is[key]),
    );
    return same ? [] : [`${name} was changed`];
  });
}

async function runOn(target) {
  const backend = await target.open();
  try {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', 1, 'height', 'width']);
    const graph = layers.build([layers.conv2d('sums', x, { filters: 1, window: 2, bias: false })]);
    const net = await backend.compile(graph, { 'sums.weight': tensor([1, 1, 2, 2], [1, 1, 1, 1]) });
    const { sums } = await net.run({ x: tensor([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]) });
    await net.dispose();
    if (sums.data.join() !== '12,16,24,28') throw new Error(`2×2 sums ${sums.data.join()}, want 12,16,24,28`);
  } finally {
    await backend.dispose();
  }
}

// Node creates some globals when they are first read; those are not ours to remove.
for (const name of Object.getOwnPropertyNames(globalThis)) Reflect.get(globalThis, name);

const ran = [];
const absent = [];
const changed = [];
for (const target of targets.filter(({ backend, pace }) => backend !== 'reference' && pace !== 'rare')) {
  const before = snapshot();
  try {
    await runOn(target);
    ran.push(nameTarget(target));
  } catch (error) {
    if (error.code !== 'DEVICE') throw error;
    absent.push(error.message);
  }
  changed.push(...differences(before, snapshot()).map((difference) => `${nameTarget(target)}: ${difference}`));
}
process.stdout.write(JSON.stringify({ ran, absent, changed }), () => process.exit(0));
