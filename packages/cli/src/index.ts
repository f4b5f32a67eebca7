export type { ExitCode } from './explain-failure.js';
export type { Io, Terminal } from './io.js';
export { main } from './main.js';
