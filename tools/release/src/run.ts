import { execFile } from 'node:child_process';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the program is ended. */
  readonly timeout?: number;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. A program that cannot be started, or was ended, has status -1 and says so in `stderr`. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env = {}, timeout = 0 }: RunOptions,
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, timeout, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ status: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ status: error.code, stdout, stderr });
      else resolve({ status: -1, stdout, stderr: `${stderr}${error.message}` });
    });
  });
}

/** The same, but its output, or an error with all that it said. */
export async function mustRun(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { status, stdout, stderr } = await run(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}
