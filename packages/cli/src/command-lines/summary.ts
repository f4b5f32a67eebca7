import { addCommand, backendOptions, examples, variantNames, weightsFile } from '../command-options.js';
import type { SummaryWords } from '../commands/summary.js';
import { parsePictureShape, parseSwitch } from '../parse-words.js';
import type { Adding } from './adding.js';

/** The words of `strata summary`. */
export function addSummary({ program, io, end }: Adding): void {
  backendOptions(addCommand(program, 'summary', 'show shapes, parameters and multiply-adds of a network'))
    .option('--variant <name>', `${variantNames} (default: what the weights are for, else seed)`)
    .option('--weights <file>', `${weightsFile}, whose widths, classes and heads are meant (default: the paper's)`)
    .option(
      '--transform-input <on|off>',
      'torchvision: whether it rescales pictures first (default: as the weights say, else off; without weights on)',
      parseSwitch('--transform-input'),
    )
    .option(
      '--input <C,H,W>',
      "picture's channels, height, width (default: the weights' or the variant's)",
      parsePictureShape('--input'),
    )
    .addHelpText(
      'after',
      examples(
        'strata summary',
        'strata summary --variant torchvision --input 3,299,299',
        'strata summary --weights googlenet.pth',
        'strata summary --variant bvlc --backend tfjs --device wasm   (also: can it run every layer?)',
      ),
    )
    .action(async (words: SummaryWords) => {
      const { summary } = await import('../commands/summary.js');
      end(await summary(words, io));
    });
}
