import { checkNetwork } from '@strata/comparison';
import {
  type CaseResult,
  checkGolden,
  goldenLimit,
  goldenModel,
  loadCases,
  loadGolden,
  runCase,
} from '@strata/conformance';
import type { Backend } from '@strata/core';
import { pictureInput } from '@strata/googlenet';
import { openDevice } from './devices.js';
import { effortFor } from './effort.js';
import { checkPictures, type SamplePicture } from './pictures.js';
import type { CasesResult, CheckedResult, NetworkCheck } from './result.js';
import { timeNetwork } from './timing.js';

export interface CheckRequest {
  readonly device: string;
  /** All goldens and timings on renderers in software, too. */
  readonly full: boolean;
  /** Pictures for the shipped weights; undefined where the archive has no weights. */
  readonly samples: readonly SamplePicture[] | undefined;
  /** Called with what is being done. */
  readonly onStep?: (step: string) => void;
}

/** Everything about one device: cases, networks, pictures, timings. Throws `DeviceError` when it cannot be opened. */
export async function checkDevice({ device, full, samples, onStep }: CheckRequest): Promise<CheckedResult> {
  const backend = await openDevice(device);
  const tell = (step: string) => onStep?.(`${device}: ${step}`);
  try {
    const effort = effortFor(backend.report.software, full);
    tell(`official cases on ${backend.report.adapter ?? 'the processor'}`);
    const cases = await checkCases(backend);
    tell('seed 1×1×64×80 against the reference');
    const networks = [await checkSmall(backend)];
    for (const name of effort.goldens) {
      tell(`golden ${name}`);
      const blocks = await checkGolden(await loadGolden(name), backend);
      const worst = Math.max(...blocks.map((block) => block.worst));
      networks.push({ name, passed: blocks.every(({ passed }) => passed), worst });
    }
    tell('sample pictures');
    const pictures = samples === undefined ? undefined : await checkPictures(backend, samples);
    tell('timings');
    const { graph, weights, inputs } = goldenModel(await loadGolden('seed-224'));
    const model = { graph, weights, input: pictureInput, picture: inputs[pictureInput] };
    const timings = await timeNetwork(backend, model, effort);
    return { device, report: backend.report, cases, networks, pictures, timings };
  } finally {
    await backend.dispose();
  }
}

async function checkCases(backend: Backend): Promise<CasesResult> {
  const others: string[] = [];
  let passed = 0;
  for (const source of await loadCases()) {
    const result = await runCase(source, backend);
    if (result.outcome === 'passed') passed++;
    else others.push(explain(result));
  }
  return { passed, others };
}

function explain(result: CaseResult): string {
  const why = 'reason' in result ? result.reason : `${result.agreement.failed} elements differ`;
  return `${result.name}: ${result.outcome}: ${why}`;
}

/** The seed network on a picture that is not square, every stage against the float64 reference. */
async function checkSmall(backend: Backend): Promise<NetworkCheck> {
  const input = [1, 1, 64, 80];
  const model = goldenModel({ ...(await loadGolden('seed-224')), input });
  const { passed, stages, shipped } = await checkNetwork(model, backend, goldenLimit);
  const worst = Math.max(...[...stages, ...shipped].map(({ shareOfAbsmax }) => shareOfAbsmax));
  return { name: `seed ${input.join('×')}`, passed, worst };
}
