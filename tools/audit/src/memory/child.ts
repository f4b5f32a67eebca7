import { cycle, memoryModel, type Repeatable, type RepeatCounts, repeat, rerun } from '@strata/conformance';
import { nameTarget, targets } from '@strata/conformance/targets';
import { InputError } from '@strata/core';
import { countInNode } from './count-in-node.js';
import { judgeWindows } from './flatness.js';
import { residentSize } from './resident.js';

/** `node --expose-gc child.js BACKEND/DEVICE block|network cycles|runs STEPS` prints what came of it as JSON. */
const [, , name, modelName, mode, steps] = process.argv;
const target = targets.find((candidate) => nameTarget(candidate) === name);
if (
  target === undefined ||
  (modelName !== 'block' && modelName !== 'network') ||
  (mode !== 'runs' && mode !== 'cycles')
) {
  throw new InputError({
    where: 'memory',
    got: process.argv.slice(2).join(' '),
    want: 'TARGET block|network runs|cycles STEPS',
  });
}
const model = await memoryModel(modelName);
const count = await countInNode(target);
const backend = await target.open();
const executable = mode === 'runs' ? await backend.compile(model.graph, model.weights) : undefined;
const step: Repeatable = executable === undefined ? cycle(backend, model) : rerun(executable, model);

const counts: RepeatCounts[] = [];
const flatness = await judgeWindows(async () => {
  const resident: number[] = [];
  counts.push(
    await repeat(step, Number(steps), count, async () => {
      resident.push(await residentSize());
    }),
  );
  return resident;
});
await executable?.dispose();
await backend.dispose();
const [{ before }] = counts;
const [{ held, after }] = counts.slice(-1);
process.stdout.write(JSON.stringify({ ...flatness, before, held, after }));
