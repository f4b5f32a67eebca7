import type { AssumptionKind, GoogLeNet } from '@strata/googlenet';
import type { NetworkWords } from './command.js';
import { printWarning } from './explain-failure.js';
import type { Io } from './io.js';

/** The options that say what else would be assumed; none says more of a network that its file has itself. */
const options: Readonly<Record<AssumptionKind, string | undefined>> = {
  variant: '--variant',
  network: undefined,
  transformInput: '--transform-input',
  input: '--input',
  labels: '--labels',
  preprocessing: '--mean, --std and others',
};

/** One line that says what the weights do not say of themselves, and so was assumed. Nothing where that does not matter. */
export function warnOfAssumptions(
  { assumed }: Pick<GoogLeNet, 'assumed'>,
  { weights = 'weights' }: NetworkWords,
  io: Io,
  indifferent: readonly AssumptionKind[] = [],
): void {
  const told = assumed.filter(({ about }) => !indifferent.includes(about));
  if (told.length === 0) return;
  const ways = told.flatMap(({ about }) => options[about] ?? []);
  const say = ways.length === 0 ? '' : ` (say it with ${ways.join(', ')})`;
  printWarning(`${weights}: not said in it, so assumed: ${told.map(({ text }) => text).join('; ')}${say}`, io);
}
