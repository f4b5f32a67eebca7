/**
 * Names that not every user's TypeScript knows: `AsyncDisposable` and its symbol are in the library `ESNext.Disposable`,
 * the others in `DOM` and in `@types/node`. Declared here too, in the same form, so that our declarations are right under
 * `"lib": ["ES2022"]`; TypeScript merges these with what is there.
 */
declare global {
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
  interface AsyncDisposable {
    /** What `await using` calls at the end of its block; `dispose()` by another name. */
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
  interface AbortSignal {}
  interface Blob {}
  interface URL {}
}

/** The instances of a class of the runtime, `ImageBitmap` say; `never` where the user's TypeScript does not know it. */
export type InstanceOfGlobal<Name extends string> = typeof globalThis extends {
  readonly [Key in Name]: { readonly prototype: infer Instance };
}
  ? Instance
  : never;
