#!/usr/bin/env node
// Writes where the repository is into every package.json that says so. usage: node tools/release/set-repository.mjs URL
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const [url] = process.argv.slice(2);
if (!url?.startsWith('git+https://')) {
  console.error(`error: '${url}', want an address such as git+https://host.example/owner/strata.git`);
  process.exit(2);
}
const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
for (const folder of ['.', ...folders]) {
  const file = join(root, folder, 'package.json');
  if (!existsSync(file)) continue;
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.repository = { type: 'git', url, ...(folder === '.' ? {} : { directory: folder }) };
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
