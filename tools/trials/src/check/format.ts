import type { CheckResult } from './search.js';

/** The line that replays a failure, and only it. */
export function replayLine({
  backend,
  device,
  runtime = 'node',
  op,
  failure,
}: CheckResult & { readonly runtime?: string }): string {
  const words = ['--backend', backend, '--device', device, '--op', op.includes(' ') ? `'${op}'` : op];
  if (runtime !== 'node') words.push('--runtime', runtime);
  const { seed, path } = failure ?? {};
  const where = seed === undefined || path === undefined ? [] : ['--seed', String(seed), '--path', path];
  return `npm run conformance -- ${[...words, ...where].join(' ')}`;
}

/** The smallest failing trial: its graph, the worst elements, and the line that replays it. Empty when all passed. */
export function formatFailure(result: CheckResult & { readonly runtime?: string }): string {
  const { failure, backend, device, op } = result;
  if (failure === undefined) return '';
  return [
    `${backend}/${device}: ${op} disagrees with the reference. The smallest trial found:`,
    failure.graph,
    failure.details,
    `replay: ${replayLine(result)}`,
  ].join('\n');
}

/** A share of a tolerance in three digits. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? share.toFixed(3) : 'infinite';
}
