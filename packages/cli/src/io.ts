import picocolors from 'picocolors';

/** Where a command reads its surroundings and writes its results. */
export interface Io {
  /** Results. With `--json` one JSON value and nothing else. */
  readonly stdout: Terminal;
  /** Where a picture named `-` comes from. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /** Errors and progress. */
  readonly stderr: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A stream that may be a terminal. */
export type Terminal = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** The functions of picocolors, which colour text or leave it alone. */
export type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours for a stream: on terminals only, and not where `NO_COLOR` asks for none (https://no-color.org). */
export function coloursFor(stream: Terminal, { env }: Pick<Io, 'env'>): Colours {
  const refused = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return picocolors.createColors(stream.isTTY === true && !refused);
}
