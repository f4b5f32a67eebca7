import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBackend } from '@strata/backend-onnx';
import type { Backend } from '@strata/core';
import { checkStateful } from '@strata/trials';
import { expect, it } from 'vitest';
import { nameTarget, probeTargets, targets } from '../src/targets.js';

/** A backend whose every result is off, so that the first program fails; the script opens the backend as it is. */
function spoil(backend: Backend): Backend {
  return {
    ...backend,
    compile: async (...given) => {
      const executable = await backend.compile(...given);
      return Object.assign({}, executable, { run: async () => ({}) });
    },
  };
}

async function runScript(text: string, name: string): Promise<{ stdout: string; stderr: string }> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  await writeFile(script, text);
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
    return { stdout, stderr };
  } finally {
    await rm(script);
  }
}

it('the script that a failing program prints is one that runs', async () => {
  const backend = await createBackend({ device: 'wasm', threads: 1 });
  const { failure } = await checkStateful(spoil(backend), { runs: 3, seed: 1 });
  await backend.dispose();
  expect(await runScript(failure?.graph ?? '', 'printed-script.mjs')).toEqual({ stdout: 'right\n', stderr: '' });
});

const losable = await probeTargets(targets.filter(({ watchLoss }) => watchLoss !== undefined));
for (const { target, reason } of losable.absent) {
  process.stderr.write(`loses no device here: ${nameTarget(target)}: ${reason}\n`);
}

it.each(losable.present.map((target) => [nameTarget(target), target] as const))(
  'and one that loses devices of %s',
  async (_, target) => {
    const loss = await target.watchLoss?.();
    const open = async () => spoil(await target.open());
    const backend = await open();
    const { failure } = await checkStateful(backend, { runs: 3, seed: 1, open, loss });
    await backend.dispose();
    const text = (failure?.graph ?? '').replace('], {', '  {"do":"lose","which":0,"after":0},\n  {"do":"wait"},\n$&');
    expect(text).toContain("watchDevices('");
    expect(await runScript(text, `printed-${target.backend}.mjs`)).toEqual({ stdout: 'right\n', stderr: '' });
  },
);
