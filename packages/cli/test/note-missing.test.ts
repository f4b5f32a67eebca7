import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { DeviceReport } from '@strata/core';
import { expect, it } from 'vitest';
import { noteMissing } from '../src/backends/note-missing.js';
import { makeFolder } from './support/folder.js';
import { drawPng } from './support/png.js';
import { fixture, strata } from './support/strata.js';

async function noted(passedOver: DeviceReport['passedOver']): Promise<string> {
  const stderr = new PassThrough();
  const report: DeviceReport = {
    backend: 'onnx',
    device: 'wasm',
    library: { name: 'onnxruntime-web', version: '1' },
    software: false,
    precision: 'float32',
    convolution: 'direct',
    passedOver,
    notTried: [],
  };
  noteMissing(report, { stdout: new PassThrough(), stderr, env: {} });
  stderr.end();
  return text(stderr);
}

it('says in one line what auto passed over for want of a part, and the cure', async () => {
  const absent = { device: 'cuda', reason: 'no NVIDIA GPU' };
  const native = { device: 'native', reason: 'cannot be loaded', missing: 'npm install it' };
  expect(await noted([absent])).toBe('');
  expect(await noted([absent, native])).toBe(
    'note: on onnx/wasm, for something is missing for native (npm install it)\n',
  );
});

// diff.test.ts has it for two backends.
it('is said by commands that open a device, unless that was named', async () => {
  const picture = join(makeFolder(), 'letter.png');
  writeFileSync(picture, drawPng());
  const lacking = ['--backend', fixture('lacking-backend.mjs')];
  const commands = [
    ['classify', picture, ...lacking],
    ['summary', ...lacking],
  ];
  for (const words of commands) {
    const { stderr } = await strata(...words);
    expect(stderr.match(/^note: .*$/gm), words[0]).toEqual([
      'note: on ramp/ramp, for something is missing for native (npm install it)',
    ]);
  }
  expect((await strata('summary', ...lacking, '--device', 'ramp')).stderr).not.toContain('note:');
});
