// Joins a package's compiled modules into one file for each entry of `exports` and `imports`, plus what they share: Node
// takes a quarter of a millisecond and more to find and load each module, which is most of a short command's time.
// usage, in a package after tsc: node ../../tools/house/join-modules.mjs
import { readFileSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

const folder = 'dist/joined/';
const { exports, imports = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = [exports, ...Object.values(imports)]
  .flatMap((conditions) => Object.values(conditions))
  .filter((entry) => entry.default?.startsWith(`./${folder}`));
// Each entry's declarations lie where tsc put its module.
const input = Object.fromEntries(
  entries.map((entry) => [
    entry.default.slice(`./${folder}`.length, -'.js'.length),
    entry.types.replace(/\.d\.ts$/, '.js'),
  ]),
);
rmSync(folder, { recursive: true, force: true });
const build = await rolldown({
  input,
  // The input is JavaScript already.
  tsconfig: false,
  // Other packages, and what the package's `imports` choose by condition, stay imports.
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
});
await build.write({ dir: folder, format: 'esm', chunkFileNames: '[name].js' });
await build.close();
