/** The shortest module. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Why something cannot work, and the part that would bring it: a header, a policy, a permission. */
export interface Lack {
  readonly reason: string;
  readonly missing: string;
}

/** Why WebAssembly cannot run here; `undefined` where it can. */
export function whyNoWasm(): string | Lack | undefined {
  if (typeof WebAssembly === 'undefined') return 'no WebAssembly';
  try {
    new WebAssembly.Module(EMPTY_MODULE);
    return undefined;
  } catch {
    const missing = "'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy";
    return { reason: `a content security policy that forbids WebAssembly, want ${missing}`, missing };
  }
}
