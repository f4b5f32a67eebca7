import { Console } from 'node:console';
import { main } from './main.js';

/** Runs the command on this process: its arguments, its streams, its exit code. */
export async function launch(): Promise<void> {
  // Libraries print greetings and warnings to the console; stdout is for results alone.
  globalThis.console = new Console(process.stderr, process.stderr);
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that stops early (`strata … | head`) is not a failure.
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  const { stdin, stdout, stderr, env } = process;
  const code = await main(process.argv.slice(2), { stdin, stdout, stderr, env });
  await Promise.all([stdout, stderr].map(flush));
  // Not `exitCode`: the threads of a wasm runtime only end with the process.
  process.exit(code);
}

function flush(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
