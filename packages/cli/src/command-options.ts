import type { Command } from 'commander';
import { defaultBackend } from './backends/table.js';
import { parseCount } from './parse-words.js';

export const variantNames = 'seed, bvlc or torchvision';

/** A command with what every command may be told. */
export function addCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'print one JSON value on standard output and nothing else there')
    .option('--debug', 'after an error, print its stack');
}

/** What chooses the backend; `fallback` is the one that runs when none is named. */
export function backendOptions(command: Command, fallback?: string): Command {
  return command
    .option('--backend <name>', 'onnx, tfjs, gpujs, or a path or package that exports createBackend', fallback)
    .option('--device <name>', 'cuda, webgpu, native, webnn, webgl, wasm or js (default: the first that works)')
    .option('--threads <count>', "CPU threads (default: the library's choice)", parseCount('--threads'));
}

/** What chooses the backend and the network on it. */
export function networkOptions(command: Command): Command {
  return backendOptions(command, defaultBackend)
    .option('--variant <name>', `${variantNames} (default: what the weights are for)`)
    .option('--weights <file>', 'safetensors file or URL (default: the shipped Fashion-MNIST weights)');
}

/** Help's last part. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
