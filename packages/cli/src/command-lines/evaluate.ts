import { addCommand, examples, networkOptions, valueOptions } from '../command-options.js';
import type { EvaluateWords } from '../commands/evaluate.js';
import { parseCount, parseFolderUrl } from '../parse-words.js';
import type { Adding } from './adding.js';

/** The words of `strata evaluate`. */
export function addEvaluate({ program, io, end }: Adding): void {
  valueOptions(networkOptions(addCommand(program, 'evaluate', 'measure accuracy and loss on Fashion-MNIST')))
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
      const { evaluate } = await import('../commands/evaluate.js');
      end(await evaluate(words, io));
    });
}
