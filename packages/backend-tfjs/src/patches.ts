/** Properties that an object has for a limited time. */
export interface Patch {
  readonly target: object;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The result of `work`, which is synchronous, with these properties in place; what was there before comes back. */
export function withPatches<T>(patches: readonly Patch[], work: () => T): T {
  const putBack = apply(patches);
  try {
    return work();
  } finally {
    putBack();
  }
}

/** The same for asynchronous work: other code sees the properties too, so they must be harmless to it. */
export async function whilePatched<T>(patches: readonly Patch[], work: () => Promise<T>): Promise<T> {
  const putBack = apply(patches);
  try {
    return await work();
  } finally {
    putBack();
  }
}

function apply(patches: readonly Patch[]): () => void {
  const before = patches.flatMap(({ target, values }) =>
    Object.keys(values).map((key) => ({ target, key, descriptor: Object.getOwnPropertyDescriptor(target, key) })),
  );
  for (const { target, values } of patches) {
    for (const [key, value] of Object.entries(values)) {
      Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
    }
  }
  return () => {
    for (const { target, key, descriptor } of before.toReversed()) {
      if (descriptor === undefined) Reflect.deleteProperty(target, key);
      else Object.defineProperty(target, key, descriptor);
    }
  };
}
