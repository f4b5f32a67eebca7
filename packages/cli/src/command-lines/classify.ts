import { addCommand, colourOptions, examples, modelOption, networkOptions } from '../command-options.js';
import type { ClassifyWords } from '../commands/classify.js';
import { parseCount } from '../parse-words.js';
import type { Adding } from './adding.js';

/** The words of `strata classify`. */
export function addClassify({ program, io, end }: Adding): void {
  colourOptions(modelOption(networkOptions(addCommand(program, 'classify', 'tell what pictures show'))))
    .argument('<picture...>', 'picture files or URLs, or - for standard input')
    .option('--labels <file>', 'one a line, or a JSON list (default: those of the weights, or of ImageNet)')
    .option('--top <count>', 'labels for each picture (default: 1 in the table, 5 in JSON)', parseCount('--top'))
    .option('--batch <count>', 'most pictures in one run', parseCount('--batch'), 32)
    .option('--crops <count>', '10: the mean of ten crops of each picture, 1: its centre', parseCount('--crops'), 1)
    .addHelpText(
      'after',
      examples(
        'strata classify boot.jpg',
        'strata classify photo.jpg --weights googlenet.pth --labels labels.txt',
        'strata classify photo.jpg --variant torchvision --crops 10   (after strata download torchvision)',
        'strata classify photo.jpg --model resnet18.onnx --backend tfjs',
        'strata classify --top 3 --json pictures/*.png',
        'strata classify --backend onnx --device wasm --threads 2 boot.jpg',
        'strata classify --backend ./mine.js boot.jpg',
        'curl https://example.org/boot.jpg | strata classify -',
      ),
    )
    .action(async (pictures: string[], words: ClassifyWords) => {
      const { classify } = await import('../commands/classify.js');
      end(await classify(pictures, words, io));
    });
}
