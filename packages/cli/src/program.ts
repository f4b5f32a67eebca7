import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addCommand, backendOptions, examples, networkOptions, variantNames } from './command-options.js';
import type { ClassifyWords } from './commands/classify.js';
import type { DevicesWords } from './commands/devices.js';
import type { DiffWords } from './commands/diff.js';
import type { EvaluateWords } from './commands/evaluate.js';
import type { RunWords } from './commands/run.js';
import type { SummaryWords } from './commands/summary.js';
import type { ExitCode } from './explain-failure.js';
import { coloursFor, type Io } from './io.js';
import { parseCount, parseFolderUrl, parseNames, parsePictureShape } from './parse-words.js';

/**
 * The words of the command line. Each command's work is imported when it is asked for, so that help and wrong words
 * cost nothing. `end` takes the exit code of a command that ended.
 */
export function createProgram(io: Io, end: (code: ExitCode) => void): Command {
  const program = new Command('strata')
    .description('GoogLeNet on ONNX Runtime, TensorFlow.js or gpu.js.')
    .version(readVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => coloursFor(io.stdout, io).isColorSupported,
      getErrHasColors: () => coloursFor(io.stderr, io).isColorSupported,
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      // Told once, by `explainFailure`.
      outputError: () => {},
    })
    .configureHelp({ styleTitle: (title) => coloursFor(io.stdout, io).bold(title) })
    .addHelpText('after', exitCodes);

  networkOptions(addCommand(program, 'classify', 'tell what pictures show'))
    .argument('<picture...>', 'picture files or URLs')
    .option('--top <count>', 'labels for each picture (default: 1 in the table, 5 in JSON)', parseCount('--top'))
    .option('--batch <count>', 'most pictures in one run', parseCount('--batch'), 32)
    .addHelpText(
      'after',
      examples(
        'strata classify boot.jpg',
        'strata classify --top 3 --json pictures/*.png',
        'strata classify --backend onnx --device wasm --threads 2 boot.jpg',
        'strata classify --backend ./mine.js boot.jpg',
      ),
    )
    .action(async (pictures: string[], words: ClassifyWords) => {
      const { classify } = await import('./commands/classify.js');
      end(await classify(pictures, words, io));
    });

  backendOptions(addCommand(program, 'summary', 'show shapes, parameters and multiply-adds of a network'))
    .option('--variant <name>', `${variantNames} (default: seed)`)
    .option(
      '--input <C,H,W>',
      "picture's channels, height, width (default: the variant's)",
      parsePictureShape('--input'),
    )
    .addHelpText(
      'after',
      examples(
        'strata summary',
        'strata summary --variant torchvision --input 3,299,299',
        'strata summary --variant bvlc --backend tfjs --device wasm   (also: can it run every layer?)',
      ),
    )
    .action(async (words: SummaryWords) => {
      const { summary } = await import('./commands/summary.js');
      end(await summary(words, io));
    });

  networkOptions(addCommand(program, 'run', 'run raw tensors and save the outputs'))
    .requiredOption('--input <file.npy>', 'float32 array [C,H,W] or [N,C,H,W]')
    .requiredOption('--out <file.safetensors>', 'where the outputs go')
    .option(
      '--outputs <names>',
      "stages to save, with commas between (default: the network's output)",
      parseNames('--outputs'),
    )
    .addHelpText(
      'after',
      examples(
        'strata run --weights weights.safetensors --input x.npy --out y.safetensors',
        'strata run --input x.npy --outputs inception4a,pool5,fc --out stages.safetensors',
      ),
    )
    .action(async (words: RunWords) => {
      const { run } = await import('./commands/run.js');
      end(await run(words, io));
    });

  backendOptions(addCommand(program, 'devices', 'show which backends and devices work here'))
    .addHelpText('after', examples('strata devices', 'strata devices --backend onnx --json'))
    .action(async (words: DevicesWords) => {
      const { devices } = await import('./commands/devices.js');
      end(await devices(words, io));
    });

  networkOptions(addCommand(program, 'diff', 'compare two backends layer by layer; tell where they part'))
    .argument('[picture]', 'picture file or URL (default: a shipped sample, or noise where a variant has none)')
    .requiredOption(
      '--other <name>',
      'the backend to compare with: as --backend, or with its device as NAME/DEVICE; --device and --threads are those of --backend',
    )
    .addHelpText(
      'after',
      examples(
        'strata diff --backend onnx --other tfjs',
        'strata diff --backend onnx --device native --other onnx/wasm boot.jpg',
        'strata diff --backend tfjs --device webgpu --other gpujs/webgpu --json boot.jpg',
        'strata diff --backend ./mine.js --other onnx --variant torchvision --weights googlenet.safetensors',
      ),
    )
    .action(async (picture: string | undefined, words: DiffWords) => {
      const { diff } = await import('./commands/diff.js');
      end(await diff(picture, words, io));
    });

  networkOptions(addCommand(program, 'evaluate', 'measure accuracy and loss on Fashion-MNIST'))
    .option('--data <folder>', 'the official IDX files, gzipped or not')
    .option(
      '--download [url]',
      'fetch missing files first, into --data or a cache folder',
      parseFolderUrl('--download'),
    )
    .option('--split <name>', 'test or train', 'test')
    .option('--limit <count>', 'stop after so many pictures', parseCount('--limit'))
    .option('--batch <count>', 'most pictures in one run', parseCount('--batch'), 32)
    .addHelpText(
      'after',
      examples('strata evaluate --data fashion-mnist', 'strata evaluate --download --limit 1000 --device wasm --json'),
    )
    .action(async (words: EvaluateWords) => {
      const { evaluate } = await import('./commands/evaluate.js');
      end(await evaluate(words, io));
    });

  return program;
}

const exitCodes = `
Exit codes: 0 done; 1 a file, a device or the work failed; 2 the words on the command line were wrong.`;

function readVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../package.json');
  const version = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
