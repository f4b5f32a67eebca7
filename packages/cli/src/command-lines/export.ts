import { addCommand, colourOptions, examples, weightsOptions } from '../command-options.js';
import type { ExportWords } from '../commands/export.js';
import { parseChoice } from '../parse-words.js';
import type { Adding } from './adding.js';

/** The words of `strata export`. */
export function addExport({ program, io, end }: Adding): void {
  colourOptions(
    weightsOptions(addCommand(program, 'export', 'write weights, or the whole network, to a file for others')),
  )
    .requiredOption(
      '--format <name>',
      "onnx, safetensors, or pytorch-names: safetensors with the names of the variant's own source",
      parseChoice('--format', ['onnx', 'safetensors', 'pytorch-names']),
    )
    .requiredOption('--out <file>', 'where it goes')
    .option(
      '--precision <name>',
      'float32 or float16: how values are stored (default: float32)',
      parseChoice('--precision', ['float32', 'float16']),
    )
    .option('--labels <file>', 'labels to put into the file (default: those of the weights, or of ImageNet)')
    .option('--licence <text>', 'licence to put into the file (default: that of the weights, where it is known)')
    .addHelpText(
      'after',
      examples(
        'strata export --weights googlenet.pth --format onnx --out googlenet.onnx',
        'strata export --weights bvlc_googlenet.caffemodel --format safetensors --precision float16 --out bvlc.safetensors',
        'strata export --variant torchvision --format pytorch-names --out state-dict.safetensors',
      ),
    )
    .action(async (words: ExportWords) => {
      const { exportNetwork } = await import('../commands/export.js');
      end(await exportNetwork(words, io));
    });
}
