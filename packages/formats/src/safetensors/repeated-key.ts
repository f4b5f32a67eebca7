/**
 * The first key that an object of this JSON text has twice, `undefined` when none has. The text must be valid JSON:
 * `JSON.parse` checks that, but silently keeps the last of two equal keys.
 */
export function findRepeatedKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{') open.push(new Set());
    else if (char === '[') open.push(undefined);
    else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isFollowedByColon(text, end)) {
        const key: unknown = JSON.parse(text.slice(at, end));
        if (typeof key === 'string' && keys.has(key)) return key;
        keys.add(String(key));
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Where the string that starts at `start` ends: the index after its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return text[at] === ':';
}
