import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Fault, parseFault } from './fault.js';

/** A fault, and where its patch lies. */
export interface PlantedFault {
  readonly fault: Fault;
  readonly patchFile: string;
}

/** All patches of `faults/`, by name. */
export async function loadFaults(): Promise<PlantedFault[]> {
  const folder = new URL('../../faults/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.patch')).sort();
  return Promise.all(
    files.map(async (file) => {
      const url = new URL(file, folder);
      return {
        fault: parseFault(file.slice(0, -'.patch'.length), await readFile(url, 'utf8')),
        patchFile: fileURLToPath(url),
      };
    }),
  );
}
