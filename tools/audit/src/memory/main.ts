import { isDeepStrictEqual } from 'node:util';
import { type RepeatCounts, runsInStep } from '@strata/conformance';
import { type PageTarget, pageTargets } from '@strata/conformance/chromium';
import { nameTarget, probeTargets, type Target, targets } from '@strata/conformance/targets';
import { checkMemory, type MemoryWork } from './check-memory.js';

/**
 * `npm run memory -- [BACKEND/DEVICE | 'BACKEND/DEVICE in chromium' …]`: exit code 1 when memory grows, or something is
 * left behind.
 */
const chosen = process.argv.slice(2);
const page = pageTargets();
const known = [...targets, ...page.targets].map(nameTarget);
const unknown = chosen.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`error: '${unknown.join("', '")}', want ${known.join(', ')}\n`);
  process.exit(2);
}
const { present, absent } = await probeTargets(targets);
for (const { target, reason } of absent) process.stderr.write(`not measured: ${nameTarget(target)}: ${reason}\n`);

function isChosen(target: Target | PageTarget): boolean {
  return chosen.length === 0 || chosen.includes(nameTarget(target));
}

/** GPUs in software take seconds for the whole network. */
function workFor({ pace }: Target): MemoryWork[] {
  const block: MemoryWork = { model: 'block', mode: 'cycles', steps: 200 };
  if (pace !== 'quick') return [block];
  return [block, { model: 'network', mode: 'cycles', steps: 50 }, { model: 'network', mode: 'runs', steps: 200 }];
}

const print = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);

function formatCounts({ before, held, after }: RepeatCounts): string {
  const cells = Object.keys(before).map((name) => `${name} ${before[name]} (${held[name]}) ${after[name]}`);
  return cells.length > 0 ? cells.join(', ') : '–';
}

print([
  'target',
  'model',
  'steps',
  'window',
  'second tenth, MB',
  'last tenth, MB',
  'growth, MB',
  'before (held) after',
  'passed',
]);
print(Array(9).fill('---'));
const results: { readonly passed: boolean }[] = [];
for (const target of present.filter((candidate) => candidate.backend !== 'reference' && isChosen(candidate))) {
  for (const work of workFor(target)) {
    const result = await checkMemory(target, work);
    results.push(result);
    print([
      result.target,
      result.model,
      result.mode === 'cycles' ? `${result.steps} cycles` : `${result.steps * runsInStep} runs`,
      String(result.windows),
      ...[result.earlyBytes, result.lateBytes, result.growthBytes].map(megabytes),
      formatCounts(result),
      result.passed ? 'yes' : 'NO',
    ]);
  }
}

// The resident size of a page's process cannot be read, so there are only counts.
const inPage = await probeTargets(page.targets.filter(isChosen));
for (const { target, reason } of inPage.absent)
  process.stderr.write(`not measured: ${nameTarget(target)}: ${reason}\n`);
for (const target of inPage.present) {
  const checker = await target.open();
  // ONNX Runtime keeps the buffers of the first network for the next ones.
  await checker.cycles(1);
  const counts = await checker.cycles(200);
  await checker.dispose();
  const passed = isDeepStrictEqual(counts.before, counts.after);
  results.push({ passed });
  print([nameTarget(target), 'block', '200 cycles', '–', '–', '–', '–', formatCounts(counts), passed ? 'yes' : 'NO']);
}
await page.close();
process.exitCode = results.length > 0 && results.every(({ passed }) => passed) ? 0 : 1;
