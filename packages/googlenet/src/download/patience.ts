import { isError } from '@strata/core';

/** A server that sends nothing for so many seconds is given up. */
const patience = 30;

const silence = 'SilenceError';

/** Whether that is how it failed. */
export function isSilence(error: unknown): error is Error {
  return isError(error) && error.name === silence;
}

/**
 * What `work` gives, unless a server that sends nothing is to be given up. Seconds are counted rather than measured: a
 * thread that compiles meanwhile, or a machine that sleeps, loses one.
 */
export async function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const silent = new Promise<never>((_, reject) => {
    let seconds = 0;
    timer = setInterval(() => {
      seconds++;
      if (seconds >= patience) reject(Object.assign(new Error(`nothing came for ${patience} s`), { name: silence }));
    }, 1000);
  });
  try {
    return await Promise.race([work, silent]);
  } finally {
    clearInterval(timer);
  }
}
