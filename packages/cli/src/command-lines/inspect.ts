import { addCommand, examples } from '../command-options.js';
import type { InspectWords } from '../commands/inspect.js';
import type { Adding } from './adding.js';

/** The words of `strata inspect`. */
export function addInspect({ program, io, end }: Adding): void {
  addCommand(program, 'inspect', 'tell what a file is, and what weights it holds')
    .argument('<file>', 'any file: weights in any format, a picture, an array, an archive')
    .option('--all', 'print every tensor, not the first and the last ones (JSON has all of them)')
    .addHelpText(
      'after',
      examples(
        'strata inspect googlenet.pth',
        'strata inspect --all bvlc_googlenet.caffemodel',
        'strata inspect --json googlenet.onnx',
      ),
    )
    .action(async (file: string, words: InspectWords) => {
      const { inspect } = await import('../commands/inspect.js');
      end(await inspect(file, words, io));
    });
}
