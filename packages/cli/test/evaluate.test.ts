import { mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { writeFashionMnist } from './support/idx.js';
import { ramp, strata, strataOn } from './support/strata.js';

const folder = makeFolder();
writeFashionMnist(folder, 50, 8);

// The ramp gives class i the logit i: class 9 always wins, and class 8 has this cross-entropy.
const logits = Array.from({ length: 10 }, (_, index) => index);
const loss = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - 8;

describe('strata evaluate', () => {
  it('gives one JSON value', async () => {
    const { code, stdout, stderr } = await strata('evaluate', ...ramp, '--data', folder, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      accuracy: 0,
      loss: expect.closeTo(loss, 12),
      count: 50,
      seen: 0,
      split: 'test',
      backend: 'ramp',
      device: 'ramp',
    });
  });

  it("brings pictures to the weights' own numbers where the words say them", async () => {
    const lossOf = async (...words: string[]) => {
      const { stdout } = await strata(
        'evaluate',
        '--device',
        'wasm',
        '--data',
        folder,
        '--limit',
        '2',
        '--json',
        ...words,
      );
      return JSON.parse(stdout).loss;
    };
    const own = await lossOf();
    expect(await lossOf('--mean', '0.5', '--std', '0.5')).not.toBeCloseTo(own, 3);
    // (level / 51 − 0) / 5 is level / 255.
    expect(await lossOf('--scale', '1/51', '--std', '5')).toBeCloseTo(own, 5);
  });

  it('stops at the limit, whatever the batch', async () => {
    for (const batch of ['1', '4', '32']) {
      const words = ['evaluate', ...ramp, '--data', folder, '--limit', '10', '--batch', batch, '--json'];
      expect(JSON.parse((await strata(...words)).stdout)).toMatchObject({ count: 10, loss: expect.closeTo(loss, 12) });
    }
  });

  it('counts the right answers', async () => {
    const boots = makeFolder();
    writeFashionMnist(boots, 3, 9);
    const { stdout } = await strata('evaluate', ...ramp, '--data', boots);
    expect(stdout).toBe('accuracy  100.00 %\nloss      0.4586\npictures  3 of the test split\non ramp/ramp\n');
  });

  it('shows a progress bar on a terminal, on stderr', async () => {
    const { stdout, stderr } = await strataOn({ isTTY: true }, 'evaluate', ...ramp, '--data', folder, '--json');
    expect(stderr).toMatch(/\d+ % · \d+\/50 pictures/);
    expect(JSON.parse(stdout)).toMatchObject({ count: 50 });
  });

  it('refuses a folder without the files', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const { code, stdout, stderr } = await strata('evaluate', ...ramp, '--data', empty);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(withoutFolder(stderr, folder)).toMatchSnapshot();
  });

  it('refuses a download that does not exist', async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const address = `http://127.0.0.1:${portOf(server.address())}/`;
      const target = join(folder, 'fetched');
      const { code, stdout, stderr } = await strata('evaluate', ...ramp, '--data', target, '--download', address);
      expect({ code, stdout, files: readdirSync(target) }).toEqual({ code: 1, stdout: '', files: [] });
      expect(stderr.replace(address, 'http://here/')).toMatchSnapshot();
    } finally {
      server.close();
    }
  });
});

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : Number.NaN;
}
