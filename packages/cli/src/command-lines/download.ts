import { addCommand, examples } from '../command-options.js';
import type { DownloadWords } from '../commands/download.js';
import type { Adding } from './adding.js';

/** The words of `strata download`. */
export function addDownload({ program, io, end }: Adding): void {
  addCommand(program, 'download', 'fetch weights that others trained on ImageNet, from where they publish them')
    .argument('<name>', 'torchvision, bvlc or onnx-zoo')
    .option('--dir <folder>', 'keep them below this folder (default: the cache folder, where classify looks for them)')
    .addHelpText(
      'after',
      `\n$STRATA_MIRROR: the address of a folder that has the same files; what comes must have their checksum.${examples(
        'strata download torchvision && strata classify --variant torchvision photo.jpg',
        'strata download bvlc --dir weights',
        'STRATA_MIRROR=https://mirror.example.org/weights strata download torchvision --json',
      ).replace('\n', '\n\n')}`,
    )
    .action(async (name: string, words: DownloadWords) => {
      const { download } = await import('../commands/download.js');
      end(await download(name, words, io));
    });
}
