import { type Backend, messageOf } from '@strata/core';
import { type CheckOptions, type CheckResult, searchFailure } from '../check/search.js';
import { Scene, type Surroundings } from './scene.js';
import { drawPrograms, type Step } from './steps.js';

/**
 * Programs that use a backend as it allows: several networks at once, runs that nobody waits for yet, arrays that are
 * overwritten at once, aborts, disposal in use, a second backend beside it where `options.open` makes one, devices that are
 * lost where `options.loss` can take them away. Every result is compared with the float64 reference, and every error with
 * the contract: a call under way when a device is lost is right or a `DeviceError`, and whatever starts later is right.
 */
export function checkStateful(backend: Backend, options: CheckOptions = {}): Promise<CheckResult> {
  return searchFailure(
    backend,
    'stateful',
    drawPrograms(options.loss !== undefined),
    async (program) => {
      const { failures, worst } = await playFresh(backend, program, options);
      return { passed: failures.length === 0, gaps: [], worst, text: failures.join('\n') };
    },
    (program) => scriptOf(backend, program, options),
    options,
  );
}

/** What is wrong with a backend in this program, a line each; none when all was right. */
export async function runProgram(
  backend: Backend,
  program: readonly Step[],
  surroundings: Surroundings = {},
): Promise<readonly string[]> {
  return (await play(backend, program, surroundings)).failures;
}

/** Where devices are lost, each program has a backend of its own: else one that breaks fails all programs after it. */
async function playFresh(backend: Backend, program: readonly Step[], options: CheckOptions) {
  if (options.loss === undefined || options.open === undefined) return play(backend, program, options);
  const fresh = await options.open();
  try {
    return await play(fresh, program, options);
  } finally {
    await fresh.dispose();
  }
}

async function play(backend: Backend, program: readonly Step[], surroundings: Surroundings) {
  const scene = new Scene(backend, surroundings);
  try {
    for (const step of program) await scene.take(step);
    await scene.end();
  } catch (error) {
    scene.failures.push(`threw: ${messageOf(error)}`);
  }
  return scene;
}

/** A module that runs the program and prints what is wrong. */
function scriptOf({ name, device }: Backend, program: readonly Step[], { loss }: Surroundings): string {
  return [
    `import { createBackend } from '@strata/backend-${name}';`,
    `import { runProgram } from '@strata/trials';`,
    ...(loss?.script ?? []),
    `const open = () => createBackend({ device: '${device}' });`,
    'const backend = await open();',
    'const failures = await runProgram(backend, [',
    ...program.map((step) => `  ${JSON.stringify(step)},`),
    `], { ${loss === undefined ? 'open' : 'open, loss'} });`,
    'console.log(failures.join("\\n") || "right");',
    'await backend.dispose();',
  ].join('\n');
}
