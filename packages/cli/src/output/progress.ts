import type { Io } from '../io.js';

export type OnProgress = (done: number, total: number) => void;

/** Does `work` with a progress bar on stderr, if that is a terminal. */
export async function showProgress<T>(unit: string, io: Io, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  if (io.stderr.isTTY !== true) return work(() => {});
  const { Presets, SingleBar } = await import('cli-progress');
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} % · {value}/{total} ${unit} · {eta_formatted} left`,
      stream: io.stderr,
      clearOnComplete: true,
      // An interrupted command would leave the cursor hidden.
      hideCursor: false,
    },
    Presets.shades_classic,
  );
  let running = false;
  try {
    return await work((done, total) => {
      if (running) bar.setTotal(total);
      else bar.start(total, done);
      running = true;
      bar.update(done);
    });
  } finally {
    if (running) bar.stop();
  }
}
