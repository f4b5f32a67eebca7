import type { Answer } from './answer.js';
import type { DownloadContext } from './types.js';

/** The whole body. `Failure` for a status that is no success, a body that ends early or an empty one. */
export async function collect(
  answer: Answer,
  { onProgress }: Pick<DownloadContext, 'onProgress'>,
): Promise<Uint8Array> {
  answer.check();
  const pieces: Uint8Array[] = [];
  let done = 0;
  for await (const piece of answer.pieces()) {
    pieces.push(piece);
    done += piece.length;
    // A hidden compression: the length was of other bytes.
    const total = answer.length !== undefined && done > answer.length ? undefined : answer.length;
    onProgress?.(done, total);
  }
  if (done === 0) throw answer.failure('an empty file');
  if (done !== answer.length) onProgress?.(done, done);
  const bytes = new Uint8Array(done);
  let filled = 0;
  for (const piece of pieces) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}
