import { variantNames } from '@strata/googlenet';
import { describe, expect, it } from 'vitest';
import { backendNames, deviceNames } from '../src/backends/table.js';
import { ramp, strata } from './support/strata.js';

const picture = 'boot.png';

describe('words that are wrong', () => {
  it.each([
    [['paint']],
    [['classify']],
    [['classify', picture, '']],
    [['classify', picture, '--tpo', '3']],
    [['classify', picture, '--top']],
    [['classify', picture, '--top', '0']],
    [['classify', picture, '--top', '3.5']],
    [['classify', picture, '--batch', 'many']],
    [['classify', picture, '--threads', '-1']],
    [['classify', picture, '--backend', 'caffe']],
    [['classify', picture, '--backend', './no-such-backend.mjs']],
    [['classify', picture, '--backend', 'fs']],
    [['classify', picture, '--device', 'quantum']],
    [['classify', picture, '--backend', 'tfjs', '--device', 'webnn']],
    [['classify', picture, '--variant', 'resnet']],
    [['classify', picture, '--variant', 'constructor']],
    [['classify', picture, '--transform-input', 'yes']],
    [['classify', picture, '--input', '3,224']],
    [['classify', picture, '--mean', '0.5,,0.5']],
    [['classify', picture, '--mean', '0.5,0.5']],
    [['classify', picture, '--std', '0']],
    [['classify', picture, '--std', 'Infinity']],
    [['classify', picture, '--scale', '1/0']],
    [['classify', picture, '--scale', '0x10']],
    [['classify', picture, '--channels', 'rbg']],
    [['classify', picture, '--crops', '5']],
    [['classify', picture, '--crops', '10']],
    [['inspect', 'https://example.org/googlenet.pth']],
    [['classify', picture, '--channels', 'bgr']],
    [['classify', picture, '--input', '3,96,96']],
    [['classify', picture, '--transform-input', 'on']],
    [['export', '--format', 'onnx']],
    [['export', '--format', 'keras', '--out', 'x']],
    [['export', '--format', 'onnx', '--precision', 'int8', '--out', 'x']],
    [['download']],
    [['download', 'resnet']],
    [['inspect']],
    [['inspect', '']],
    [['summary', '--transform-input', 'on']],
    [['summary', '--input', '224,224']],
    [['summary', '--input', '1,0,224']],
    [['summary', '--input', '1,224,wide']],
    [['summary', '--variant', 'bvlc', '--input', '3,8,8']],
    [['summary', '--variant', 'torchvision', '--input', '1,224,224']],
    [['summary', 'seed']],
    [['devices', '--device', 'quantum']],
    [['run', '--out', 'y.safetensors']],
    [['run', '--input', 'x.npy']],
    [['run', '--input', 'x.npy', '--out', 'y.safetensors', '--outputs', 'fc,,pool5']],
    [['run', '--input', 'x.npy', '--out', 'y.safetensors', '--outputs', 'fc,fc']],
    [['diff']],
    [['diff', '--other', 'caffe']],
    [['diff', '--other', 'onnx/quantum']],
    [['diff', '--other', './no-such-backend.mjs/gpu']],
    [['diff', '--backend', 'caffe', '--other', 'onnx']],
    [['diff', '--other', 'tfjs', '']],
    [['diff', '--other', 'tfjs', picture, picture]],
    [['evaluate', '--data', '.', '--split', 'validation']],
    [['evaluate', '--data', '.', '--limit', '-5']],
    [['evaluate', '--download', 'fashion-mnist']],
    [['evaluate']],
  ])('%j', async (words) => {
    const { code, stdout, stderr } = await strata(...words);
    expect(stderr).toMatchSnapshot();
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
  });

  it('shows help on stderr when there are no words', async () => {
    const { code, stdout, stderr } = await strata();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: strata/);
    expect(stderr).not.toContain('error');
  });

  it('adds the stack when --debug asks', async () => {
    const { code, stderr } = await strata('classify', picture, '--variant', 'resnet', '--debug');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: --variant: 'resnet'.*\nUsageError: .*\n {4}at /);
  });

  it('leaves the devices of other backends unchecked', async () => {
    const { code, stderr } = await strata('summary', ...ramp, '--device', 'quantum');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: ramp/quantum: no such device, want ramp\n' });
  });
});

// What every object has, numbers, blanks, what ends a text in C, half a character, and what turns the line round.
describe.each(['__proto__', 'constructor', 'hasOwnProperty', '0', '', ' ', 'a\u0000b', '\ud83e', '\u202eb', '\n'])(
  'the word %j',
  (word) => {
    it.each([
      ['command', [word]],
      ['backend', ['classify', picture, '--backend', word]],
      ['device', ['classify', picture, '--device', word]],
      ['variant', ['classify', picture, '--variant', word]],
      ['variant to sum up', ['summary', '--variant', word]],
      ['backend to look for', ['devices', '--backend', word]],
      ['split', ['evaluate', '--data', '.', '--split', word]],
      ['other backend', ['diff', '--other', word]],
      ['other device', ['diff', '--other', `tfjs/${word}`]],
    ])('is no %s', async (_, words) => {
      const { code, stdout, stderr } = await strata(...words);
      expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
      expect(stderr).toMatch(/^error: (unknown command |--\w+: )/);
    });
  },
);

describe('help', () => {
  it.each([
    [[]],
    [['classify']],
    [['summary']],
    [['run']],
    [['devices']],
    [['diff']],
    [['evaluate']],
    [['inspect']],
    [['export']],
    [['download']],
  ])('%j', async (command) => {
    const { code, stdout, stderr } = await strata(...command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  it('names every variant, backend and device', async () => {
    const { stdout } = await strata('classify', '--help');
    for (const name of [...variantNames, ...backendNames, ...deviceNames]) expect(stdout).toContain(name);
  });

  it('prints the version', async () => {
    expect(await strata('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });
});
