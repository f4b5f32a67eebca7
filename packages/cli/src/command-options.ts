import type { Command } from 'commander';
import { backendNames, defaultBackend, deviceNames } from './backends/table.js';
import { formatChoice } from './output/choice.js';
import { parseChoice, parseCount, parseFactor, parseNumbers, parsePictureShape, parseSwitch } from './parse-words.js';

export const variantNames = 'seed, bvlc, torchvision or d2l';

/** A command with the options that every command has. */
export function addCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'print one JSON value on standard output and nothing else there')
    .option('--debug', 'after an error, print its stack');
}

/** The options that choose the backend; `fallback` is the one that runs when none is named. */
export function backendOptions(command: Command, fallback?: string): Command {
  return command
    .option('--backend <name>', `${backendNames.join(', ')}, or a path or package that exports createBackend`, fallback)
    .option('--device <name>', `${formatChoice(deviceNames)} (default: the first that works)`)
    .option('--threads <count>', "CPU threads (default: the library's choice)", parseCount('--threads'));
}

/** The options that choose the backend and the network on it. */
export function networkOptions(command: Command): Command {
  return weightsOptions(backendOptions(command, defaultBackend));
}

/** The options that choose the network. */
export function weightsOptions(command: Command): Command {
  return command
    .option('--variant <name>', `${variantNames} (default: what the weights are for)`)
    .option('--weights <file>', `${weightsFile} (default: the shipped Fashion-MNIST weights)`)
    .option('--transform-input <on|off>', transformInput, parseSwitch('--transform-input'));
}

/** The option that puts another network in the place of a GoogLeNet. */
export function modelOption(command: Command): Command {
  return command.option(
    '--model <file>',
    'file or URL of another classifier, in ONNX (then without --variant, --weights)',
  );
}

export const weightsFile = 'file or URL of weights: PyTorch, ONNX, Caffe or safetensors';

const transformInput =
  "torchvision: rescale pictures first, as torchvision's own weights need (default: as the weights say, else off)";

/** The options that say what numbers pictures become, and of which size. */
export function valueOptions(command: Command): Command {
  return command
    .option(
      '--input <C,H,W>',
      "channels, height, width that pictures are brought to (default: the weights')",
      parsePictureShape('--input'),
    )
    .option('--mean <numbers>', "subtracted, one a channel (default: the weights')", parseNumbers('--mean'))
    .option('--std <numbers>', "divided by, one a channel (default: the weights')", parseNumbers('--std'))
    .option(
      '--scale <number>',
      "a level of 0 to 255 is multiplied by it first (default: the weights', or 1/255)",
      parseFactor('--scale'),
    );
}

/** The same, the order of the colours, and how pictures get their size. */
export function colourOptions(command: Command): Command {
  return valueOptions(command)
    .option(
      '--channels <order>',
      "rgb, bgr or grey (default: the weights')",
      parseChoice('--channels', ['rgb', 'bgr', 'grey']),
    )
    .option(
      '--resize <rule>',
      "torchvision, caffe, whole or garment (default: the weights')",
      parseChoice('--resize', ['torchvision', 'caffe', 'whole', 'garment']),
    );
}

/** The last part of a help text. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
