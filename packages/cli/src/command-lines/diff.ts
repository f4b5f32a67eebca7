import { addCommand, colourOptions, examples, networkOptions } from '../command-options.js';
import type { DiffWords } from '../commands/diff.js';
import type { Adding } from './adding.js';

/** The words of `strata diff`. */
export function addDiff({ program, io, end }: Adding): void {
  colourOptions(
    networkOptions(addCommand(program, 'diff', 'compare two backends layer by layer; tell where they part')),
  )
    .argument(
      '[picture]',
      'picture file or URL, or - for standard input (default: a shipped sample, or noise where a variant has none)',
    )
    .requiredOption(
      '--other <name>',
      'the backend to compare with: as --backend, or with its device as NAME/DEVICE; --device and --threads are those of --backend',
    )
    .addHelpText(
      'after',
      examples(
        'strata diff --backend onnx --other tfjs',
        'strata diff --backend onnx --device native --other onnx/wasm boot.jpg',
        'strata diff --backend tfjs --device webgpu --other onnx/webgpu --json boot.jpg',
        'strata diff --backend ./mine.js --other onnx --variant torchvision --weights googlenet.safetensors',
      ),
    )
    .action(async (picture: string | undefined, words: DiffWords) => {
      const { diff } = await import('../commands/diff.js');
      end(await diff(picture, words, io));
    });
}
