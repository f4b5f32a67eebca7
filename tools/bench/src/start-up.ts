import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DeviceError } from '@strata/core';
import { createReferenceBackend } from '@strata/core/reference';
import { exportOnnx } from '@strata/formats/onnx';
import { loadGoogLeNet } from '@strata/googlenet';
import { interleave } from './interleave.js';
import type { LeftOut } from './measure.js';
import { load } from './peer-table.js';
import { median, type Ratio, ratioOfMedians } from './statistics.js';

const root = resolve(import.meta.dirname, '../../../..');

/** Whole processes: `strata classify` on one picture against a script that does the same with onnxruntime-node alone. */
export interface StartUpResult {
  readonly pairs: number;
  readonly oursMs: number;
  readonly peerMs: number;
  readonly ratio: Ratio;
  /** The label that both print. */
  readonly label: string;
}

/** Says why where the peer's library is not there. Throws when a process fails or the two print different labels. */
export async function measureStartUp(pairs: number): Promise<StartUpResult | LeftOut> {
  try {
    await load('onnxruntime-node', () => import('onnxruntime-node'));
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    return { row: 'start-up', peer: 'onnxruntime-node', reason: error.message };
  }
  const folder = mkdtempSync(join(tmpdir(), 'strata-bench-'));
  try {
    const samples = join(root, 'packages/googlenet/samples');
    const sample = readdirSync(samples).find((name) => name.includes('boot') && /\.(jpe?g|png)$/.test(name));
    if (sample === undefined) throw new Error(`${samples}: no sample picture of a boot`);
    const picture = join(samples, sample);
    const model = join(folder, 'seed.onnx');
    writeFileSync(model, await exportShippedNetwork());
    const strata = [join(root, 'packages/cli/bin/strata.js'), 'classify', picture, '--device', 'native'];
    const peer = [join(root, 'tools/bench/peers/classify-onnxruntime-node.mjs'), model, picture];
    const label = 'Ankle boot';
    for (const side of [strata, peer]) {
      const printed = run(side);
      if (!printed.includes(label)) throw new Error(`${side[0]} printed ${printed.trim()}, want ${label}`);
    }
    const measured = await interleave(
      async () => run(strata),
      async () => run(peer),
      { pairs, warmUp: 2 },
    );
    return {
      pairs,
      oursMs: median(measured.map((pair) => pair.ours)),
      peerMs: median(measured.map((pair) => pair.peer)),
      ratio: ratioOfMedians(measured),
      label,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function exportShippedNetwork(): Promise<Uint8Array> {
  const backend = createReferenceBackend();
  const net = await loadGoogLeNet({ backend });
  try {
    return exportOnnx(net.graph, net.weights);
  } finally {
    await net.dispose();
    await backend.dispose();
  }
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args[0]} ended with code ${status}: ${stderr}`);
  return stdout;
}
