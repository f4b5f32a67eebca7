import { addCommand, backendOptions, examples } from '../command-options.js';
import type { DevicesWords } from '../commands/devices.js';
import type { Adding } from './adding.js';

/** The words of `strata devices`. */
export function addDevices({ program, io, end }: Adding): void {
  backendOptions(addCommand(program, 'devices', 'show which backends and devices work here'))
    .addHelpText('after', examples('strata devices', 'strata devices --backend onnx --json'))
    .action(async (words: DevicesWords) => {
      const { devices } = await import('../commands/devices.js');
      end(await devices(words, io));
    });
}
