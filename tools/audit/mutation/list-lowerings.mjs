import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a backend that say how it computes an op, from the root of the repository. */
export function listLowerings(root, name) {
  return ['lowerings', 'kernels']
    .map((room) => `packages/backend-${name}/src/${room}`)
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => listSources(root, folder));
}

/** The sources in a folder and the folders below it. */
export function listSources(root, folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`);
}
