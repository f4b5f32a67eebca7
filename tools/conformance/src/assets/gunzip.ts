/**
 * The text in a gzip file, by the runtime's own `DecompressionStream` (Node and browsers). Many servers send such a file
 * as text in a gzip encoding, which a page's `fetch` has then unpacked already.
 */
export async function gunzipText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!packed) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
