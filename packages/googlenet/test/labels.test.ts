import { createHash } from 'node:crypto';
import { InputError } from '@strata/core';
import { expect, it } from 'vitest';
import { parseLabels } from '../src/index.js';
import { imageNetLabels } from '../src/labels/imagenet.js';

it.each([
  ['one a line', 'cat\ndog\r\nbird, or fish \n\n', ['cat', 'dog', 'bird, or fish']],
  ['a single line', 'n', ['n']],
  ['with a byte order mark', '\uFEFFcat\ndog', ['cat', 'dog']],
  [
    "Caffe's synset_words.txt",
    'n01440764 tench, Tinca tinca\nn01443537 goldfish, Carassius auratus\n',
    ['tench, Tinca tinca', 'goldfish, Carassius auratus'],
  ],
  ['synsets alone are names', 'n01440764\nn01443537', ['n01440764', 'n01443537']],
  ['a JSON list', '["cat", "dog"]', ['cat', 'dog']],
  ["ImageNet's JSON", '{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}', ['tench', 'goldfish']],
  ['by index in any order', '{"1": "dog", "0": "cat"}', ['cat', 'dog']],
  ['a list of pairs', '[["n01440764", "tench"]]', ['tench']],
])('labels are read: %s', (_, text, labels) => {
  expect(parseLabels(text)).toEqual(labels);
});

it.each([
  ['', 'l.txt: no labels, want one label a line, or a JSON list of texts'],
  [' \n', 'l.txt: no labels, want one label a line, or a JSON list of texts'],
  ['[]', 'l.txt: no labels, want one label a line, or a JSON list of texts'],
  ['{}', 'l.txt: no labels, want one label a line, or a JSON list of texts'],
  ['cat\n\ndog', 'l.txt: nothing in line 2, want one label a line, or a JSON list of texts'],
  ['["cat"', 'l.txt: a text that begins as JSON and is none, want one label a line, or a JSON list of texts'],
  ['["cat", 3]', 'l.txt: a number for class 1, want a text'],
  ['["cat", ""]', 'l.txt: nothing for class 1, want a text'],
  ['{"0": "cat", "2": "dog"}', 'l.txt: no "1" among 2, want all indices from 0'],
  ['{"cat": 0}', 'l.txt: no "0" among 1, want all indices from 0'],
])('what is none is told: %j', (text, message) => {
  expect(() => parseLabels(text, 'l.txt')).toThrow(InputError);
  expect(() => parseLabels(text, 'l.txt')).toThrow(message);
});

it("ImageNet's labels are 1,000, all different", () => {
  expect(imageNetLabels).toHaveLength(1000);
  expect(new Set(imageNetLabels).size).toBe(1000);
  // Of torchvision 0.14.1, joined as here.
  expect(createHash('sha256').update(imageNetLabels.join('|')).digest('hex')).toBe(
    '0d0e2615fa2ea84274d1c820a30cc6c19c1d759072004fc9af30fe7a6a172620',
  );
});
