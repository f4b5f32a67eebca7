import { downloadPretrained, type Pretrained, parsePretrained } from '@strata/googlenet/pretrained';
import type { OutputWords } from '../command.js';
import type { ExitCode } from '../explain-failure.js';
import { coloursFor, type Io } from '../io.js';
import { printJson } from '../output/json.js';
import { formatCount } from '../output/numbers.js';
import { showDownload } from '../output/progress.js';
import { UsageError } from '../usage-error.js';

export interface DownloadWords extends OutputWords {
  /** Instead of the cache folder. */
  readonly dir?: string;
}

/**
 * Fetches published weights. Whose they are, their size, licence and address are told on stderr before anything is asked
 * of the server; where they lie on stdout.
 */
export async function download(name: string, words: DownloadWords, io: Io): Promise<ExitCode> {
  const entry = parseName(name);
  const url = addressOf(entry, io.env.STRATA_MIRROR);
  const { variant, title, bytes, licence, digest } = entry;
  const { bold, dim } = coloursFor(io.stderr, io);
  io.stderr.write(`${bold(title)}: ${(bytes / 1e6).toFixed(1)} MB, licence: ${licence}\n${dim(`from ${url}`)}\n`);
  const { path, from } = await showDownload(io, (onProgress) =>
    downloadPretrained(entry, { url, onProgress, ...(words.dir === undefined ? {} : { cacheFolder: words.dir }) }),
  );
  if (words.json === true) {
    const checksum = `${digest.algorithm}:${digest.hex}`;
    printJson({ name, variant, path, from, url: url.href, bytes, licence, checksum }, io);
    return 0;
  }
  const use = words.dir === undefined ? `--variant ${variant}` : `--weights ${path}`;
  io.stdout.write(`${path}\n`);
  io.stderr.write(`${from === 'cache' ? 'was there already' : `${formatCount(bytes)} bytes, checksum right`}\n`);
  io.stderr.write(`${dim(`now: strata classify ${use} photo.jpg`)}\n`);
  return 0;
}

function parseName(name: string): Pretrained {
  try {
    return parsePretrained(name);
  } catch (error) {
    throw new UsageError({ where: 'name', got: `'${name}'`, want: 'torchvision, bvlc or onnx-zoo', cause: error });
  }
}

/** The publisher's address, or that of the same file in a mirror's folder. */
function addressOf({ url, file }: Pretrained, mirror = ''): URL {
  if (mirror === '') return new URL(url);
  const folder = mirror.endsWith('/') ? mirror : `${mirror}/`;
  if (URL.canParse(folder) && /^https?:/.test(folder)) return new URL(file, folder);
  throw new UsageError({ where: '$STRATA_MIRROR', got: `'${mirror}'`, want: 'the http(s) URL of a folder' });
}
