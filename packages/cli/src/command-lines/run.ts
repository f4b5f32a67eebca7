import { addCommand, examples, modelOption, networkOptions } from '../command-options.js';
import type { RunWords } from '../commands/run.js';
import { parseNames } from '../parse-words.js';
import type { Adding } from './adding.js';

/** The words of `strata run`. */
export function addRun({ program, io, end }: Adding): void {
  modelOption(networkOptions(addCommand(program, 'run', 'run raw tensors and save the outputs')))
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
      const { run } = await import('../commands/run.js');
      end(await run(words, io));
    });
}
