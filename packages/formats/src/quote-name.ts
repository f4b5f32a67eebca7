/** A name from a file, quoted, on one line, and at most some `most` characters long: control characters become six each. */
export function quoteName(name: string, most = 100): string {
  for (let end = Math.min(name.length, most); ; end = Math.floor(0.8 * end)) {
    const quoted = JSON.stringify(end < name.length ? `${name.slice(0, end)}…` : name);
    if (quoted.length <= most + 3) return quoted;
  }
}
