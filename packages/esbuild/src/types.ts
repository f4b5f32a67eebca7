/** What we need of esbuild's plugin interface. esbuild's own types fit, and need not be installed for ours. */
export interface Plugin {
  readonly name: string;
  /** Called by esbuild at the start of a build; the plugin says what it takes over. */
  setup(build: PluginBuild): void;
}

export interface PluginBuild {
  onLoad(options: Filter, callback: (args: { readonly path: string }) => Promise<Loaded | undefined>): void;
  onResolve(options: Filter, callback: (args: { readonly path: string }) => Resolved): void;
  resolve(
    path: string,
    options: { readonly kind: 'import-statement'; readonly resolveDir: string },
  ): Promise<{ readonly path: string; readonly errors: readonly unknown[] }>;
}

interface Filter {
  readonly filter: RegExp;
  readonly namespace?: string;
}

interface Loaded {
  readonly contents: string | Uint8Array;
  readonly loader: 'js' | 'file';
}

interface Resolved {
  readonly path: string;
  readonly namespace: string;
}
