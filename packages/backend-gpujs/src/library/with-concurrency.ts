/**
 * Calls a new pipeline for the first time while `navigator.hardwareConcurrency` says `threads`.
 *
 * gpu.js 2.24 has no setting for the threads of a pipeline: it makes as many as the machine has cores, which it asks
 * in the first microtask of the first call. The property is put back in the next one, so no other task ever sees it.
 */
export async function withConcurrency<T>(threads: number, call: () => Promise<T>): Promise<T> {
  const started = turns.last.then(async () => {
    const restore = pretend(threads);
    try {
      const result = call();
      await Promise.resolve();
      // In an object, because awaiting the bare promise would wait for the result too.
      return { result };
    } finally {
      restore();
    }
  });
  turns.last = started.then(
    () => undefined,
    () => undefined,
  );
  const { result } = await started;
  return result;
}

/** The guarded property belongs to the whole realm, so the queue for it does too. */
const turns: { last: Promise<void> } = { last: Promise.resolve() };

/** Sets the number of cores that the realm claims to have. Returns what puts it back. */
function pretend(threads: number): () => void {
  const known = typeof navigator !== 'undefined';
  const target: object = known ? navigator : globalThis;
  const key = known ? 'hardwareConcurrency' : 'navigator';
  const own = Object.getOwnPropertyDescriptor(target, key);
  const value = known ? threads : { hardwareConcurrency: threads };
  Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(target, key);
    else Object.defineProperty(target, key, own);
  };
}
