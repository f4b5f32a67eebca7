import type { Io } from '../io.js';

export type OnProgress = (done: number, total: number) => void;

/** Bytes so far, and in all where that is known. */
export type OnBytes = (done: number, total: number | undefined) => void;

/** Columns that the text beside the bar takes at most. */
const TEXT_COLUMNS = 56;

/** Does `work` with a progress bar on stderr, if that is a terminal. */
export function showProgress<T>(unit: string, io: Io, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  return showBar(io, { unit, formatValue: String }, work);
}

/** The same for a download, in megabytes; where nobody knows the whole, without a bar. */
export function showDownload<T>(io: Io, work: (onBytes: OnBytes) => Promise<T>): Promise<T> {
  return showBar(io, { unit: 'MB', formatValue: (bytes) => (bytes / 1e6).toFixed(1) }, work);
}

interface Look {
  readonly unit: string;
  formatValue(value: number): string;
}

async function showBar<T>(io: Io, { unit, formatValue }: Look, work: (onBytes: OnBytes) => Promise<T>): Promise<T> {
  if (io.stderr.isTTY !== true) return work(() => {});
  const { Presets, SingleBar } = await import('cli-progress');
  const makeBar = (format: string) =>
    new SingleBar(
      {
        format,
        formatValue: (value, _, type) => (type === 'value' || type === 'total' ? formatValue(value) : String(value)),
        stream: io.stderr,
        clearOnComplete: true,
        // An interrupted command would leave the cursor hidden.
        hideCursor: false,
        // And without line wrap: a bar that fits needs none switched off.
        linewrap: true,
        barsize: Math.max(5, Math.min(40, (io.stderr.columns ?? 80) - TEXT_COLUMNS)),
      },
      Presets.shades_classic,
    );
  let bar: ReturnType<typeof makeBar> | undefined;
  try {
    return await work((done, total) => {
      if (bar === undefined) {
        const counted = `{value} ${unit}`;
        bar = makeBar(
          total === undefined ? counted : `{bar} {percentage} % · {value}/{total} ${unit} · {eta_formatted} left`,
        );
        bar.start(total ?? done, done);
      }
      bar.setTotal(total ?? done);
      bar.update(done);
    });
  } finally {
    bar?.stop();
  }
}
