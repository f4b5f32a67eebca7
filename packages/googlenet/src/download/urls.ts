/**
 * Whether the text is a URL rather than a path. A colon alone is none: paths may have one, as `shot-10:33.png` and
 * `C:\\shot.png` do.
 */
export function isUrl(text: string): boolean {
  return /^([a-z][a-z\d+.-]*:\/\/|file:\/|blob:[a-z]+:|data:[^,]*,)/i.test(text);
}

/** Whether a server is asked for it, and not the disk, the memory or an extension. */
export function isHttp(url: string | URL): boolean {
  return /^https?:\/\//i.test(String(url));
}

/** Whether a browser hides a part of what the server at an answer's URL says. Answers that a page makes have none. */
export function isForeign(url: string): boolean {
  return typeof location === 'object' && url !== '' && new URL(url).origin !== location.origin;
}

const credentials = /^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i;

/** Whether there is a name or password in it, which `fetch` refuses. */
export function hasCredentials(url: string | URL): boolean {
  return credentials.test(String(url));
}

/** How messages name it: without a password, and of a data URL, which can be megabytes long, the start. */
export function describeUrl(url: string | URL): string {
  const text = String(url).replace(credentials, '$1');
  return text.length > 200 ? `${text.slice(0, 60)}…` : text;
}
