/** As much of WebNN's MLContext as is needed here; TypeScript's DOM does not have it yet. */
export interface MlContext {
  /** Whether something other than the CPU computes; older browsers do not say. */
  readonly accelerated?: boolean;
  readonly lost?: Promise<{ readonly message: string }>;
  destroy?(): void;
}

interface Ml {
  createContext(options: { readonly deviceType: 'gpu'; readonly powerPreference?: string }): Promise<MlContext>;
}

/** Why WebNN cannot work here, found without asking for a context. */
export function whyNoWebnn(): string | undefined {
  return findMl() === undefined
    ? 'this browser has no WebNN (navigator.ml), or the page is not served by https or localhost'
    : undefined;
}

export function findMl(): Ml | undefined {
  const found: unknown = Reflect.get(navigator, 'ml');
  return isMl(found) ? found : undefined;
}

function isMl(found: unknown): found is Ml {
  return typeof found === 'object' && found !== null && 'createContext' in found;
}
