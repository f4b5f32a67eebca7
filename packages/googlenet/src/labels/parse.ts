import { describeValue, InputError } from '@strata/core';

const want = 'one label a line, or a JSON list of texts';

/**
 * Labels from a text: one a line; lines of Caffe's `synset_words.txt`, `n01440764 tench, Tinca tinca`, which lose their
 * number; a JSON list; or ImageNet's JSON object by index, `{ "0": ["n01440764", "tench"] }` or `{ "0": "tench" }`. Empty
 * lines at the end count for nothing. `InputError` at `where` for a text without labels, an empty line among them, a list of
 * something else, or indices that leave one out.
 */
export function parseLabels(text: string, where = 'labels'): string[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw new InputError({ where, got: 'no labels', want });
  if (!/^[[{]/.test(trimmed)) return fromLines(trimmed, where);
  const parsed = parseJson(trimmed, where);
  const items = Array.isArray(parsed) ? parsed : valuesInOrder(parsed, where);
  if (items.length === 0) throw new InputError({ where, got: 'no labels', want });
  return items.map((item: unknown, index) => {
    const label = Array.isArray(item) ? item.at(-1) : item;
    if (typeof label === 'string' && label.trim() !== '') return label.trim();
    throw new InputError({
      where,
      got: `${label === '' ? 'nothing' : describeValue(label)} for class ${index}`,
      want: 'a text',
    });
  });
}

function fromLines(text: string, where: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const gap = lines.indexOf('');
  if (gap >= 0) throw new InputError({ where, got: `nothing in line ${gap + 1}`, want });
  const named = lines.map((line) => /^n\d{8}\s+(.+)$/.exec(line)?.[1]);
  return lines.map((line, index) => (named.includes(undefined) ? line : (named[index] ?? line)));
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError({ where, got: 'a text that begins as JSON and is none', want, cause });
  }
}

function valuesInOrder(parsed: unknown, where: string): unknown[] {
  const byIndex = new Map(Object.entries({ ...(typeof parsed === 'object' ? parsed : {}) }));
  return Array.from(byIndex, (_, index) => {
    if (byIndex.has(String(index))) return byIndex.get(String(index));
    throw new InputError({ where, got: `no "${index}" among ${byIndex.size}`, want: 'all indices from 0' });
  });
}
