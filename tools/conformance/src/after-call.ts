/** Replaces a method of this prototype by one that also tells `seen` of every call, after it. Permanent. */
export function afterCall(
  prototype: object,
  method: string,
  seen: (owner: unknown, args: readonly unknown[], result: unknown) => void,
): void {
  const original: unknown = Reflect.get(prototype, method);
  if (typeof original !== 'function') throw new TypeError(`no method ${method} to watch`);
  Object.defineProperty(prototype, method, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]) {
      const result: unknown = Reflect.apply(original, this, args);
      seen(this, args, result);
      return result;
    },
  });
}
