import { type Identity, identityOf } from './formats.js';

/** How much of a file is looked at to know a text. */
const lookedAt = 4096;

/** How much of a JSON file is looked at for the files that it names. */
const lookedAtJson = 262_144;

/** What may stand before the first tag: the XML version, remarks, and SVG's type with entities of its own. */
const prologue = /^(<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!doctype svg(\s[^>[]*)?(\[[\s\S]*?\]\s*)?>\s*)+/i;

/** A text and which: what a server or Git sends in place of a file, JSON, SVG, or another. */
export function findText(bytes: Uint8Array): Identity | undefined {
  const text = decode(bytes);
  if (text === undefined) return undefined;
  const start = text.trimStart();
  if (start.startsWith('version https://git-lfs')) return identityOf('git-lfs');
  const root = start.replace(prologue, '');
  if (/^<(svg:)?svg[\s>]/i.test(root)) return identityOf('svg');
  if (/^<(!doctype html|html|head|body|title|meta|script)\b/i.test(root)) return identityOf('html');
  if (start.startsWith('<?xml') || /^<!doctype/i.test(root)) return identityOf('xml');
  if (/^\{\s*["}]|^\[\s*[-"\d{[\]]/.test(start)) return findJson(bytes);
  if (/^(#[^\n]*\n\s*)*(name\s*:\s*"|(layers?|input_shape)\s*\{|input\s*:\s*")/.test(start))
    return identityOf('prototxt');
  return identityOf('text', { name: `a text that begins ${quoteStart(start)}` });
}

function findJson(bytes: Uint8Array): Identity {
  const text = new TextDecoder().decode(bytes.slice(0, lookedAtJson));
  if (/"weight_map"\s*:\s*\{/.test(text)) {
    const shards = text.matchAll(/:\s*"([^"\\]{1,200}\.(?:safetensors|bin))"/g);
    return identityOf('safetensors-index', { files: [...new Set([...shards].map(([, file]) => file))].slice(0, 3) });
  }
  if (/"(weightsManifest|modelTopology)"\s*:/.test(text)) return identityOf('tfjs-model');
  return identityOf('json', { name: `JSON that begins ${quoteStart(text.trimStart())}` });
}

/** The first words, which may be a server's reason; quoted, on one line. */
function quoteStart(text: string): string {
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim();
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}…` : line);
}

/** The first characters, where they are a text; `undefined` for other bytes. */
function decode(bytes: Uint8Array): string | undefined {
  // A copy: browsers do not decode shared memory.
  const start = bytes.slice(0, lookedAt);
  for (const encoding of encodings(start)) {
    const text = new TextDecoder(encoding).decode(start);
    if (isText(text, encoding, start.length < bytes.length)) return text;
  }
  return undefined;
}

/** By its mark, else UTF-8, else what Western Europe wrote before. */
function encodings([first, second]: Uint8Array): readonly string[] {
  if (first === 0xff && second === 0xfe) return ['utf-16le'];
  if (first === 0xfe && second === 0xff) return ['utf-16be'];
  return ['utf-8', 'latin1'];
}

/**
 * No control characters, and in the encoding that takes any bytes mostly plain letters. A character that the look cuts in
 * two is none.
 */
function isText(text: string, encoding: string, cut: boolean): boolean {
  const whole = cut ? text.slice(0, -3) : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]/.test(whole)) return false;
  if (encoding !== 'latin1') return true;
  const plain = whole.match(/[\x20-\x7e\s]/g)?.length ?? 0;
  return whole.length >= 8 && plain >= 0.7 * whole.length;
}
