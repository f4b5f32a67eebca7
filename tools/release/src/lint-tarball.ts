import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Tarball } from './pack.js';
import { root } from './packages.js';
import { run } from './run.js';

/** What publint says of a tarball, suggestions included. */
export async function publintTarball({ file }: Tarball): Promise<string[]> {
  const bytes = new Uint8Array(await readFile(file));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer } });
  return messages.map((message) => `${message.type}: ${formatMessage(message, pkg) ?? message.code}`);
}

/**
 * What `@arethetypeswrong/cli` says of a tarball. Our packages are ES modules alone: a CommonJS file gets them by `require`
 * on every Node that we support, which this tool does not know yet, and `moduleResolution: node10` knows no `exports`.
 * Its profile `esm-only` leaves these two out.
 */
export async function attwTarball({ file }: Tarball): Promise<string[]> {
  const program = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const args = [program, file, '--profile', 'esm-only', '--no-emoji', '--no-color', '--format', 'table'];
  const { status, stdout, stderr } = await run(process.execPath, args, { cwd: root });
  return status === 0 ? [] : [`${stdout}${stderr}`];
}
