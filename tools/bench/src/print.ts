import Table from 'cli-table3';
import type { LeftOut, Measurement } from './measure.js';
import type { StartUpResult } from './start-up.js';
import type { Ratio } from './statistics.js';

const formatRatio = ({ ratio, low, high }: Ratio) => `${ratio.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;

/** Median milliseconds, and ratios with their 95 % intervals. */
export function printMeasurements(measurements: readonly Measurement[]): string {
  const table = new Table({
    head: [
      'ours',
      'peer',
      'batch × size',
      'threads',
      'pairs',
      'ours ms',
      'peer ms',
      'ours / peer',
      'peer / peer',
      'differ by',
    ],
    style: { head: [], border: [] },
  });
  for (const item of measurements) {
    const { size, control } = item;
    table.push([
      `${item.backend}/${item.device}`,
      item.peer,
      `${size.batch} × 1×${size.side}×${size.side}`,
      item.threads,
      item.pairs,
      item.oursMs.toFixed(2),
      item.peerMs.toFixed(2),
      formatRatio(item.ratio),
      control === undefined ? 'not run' : formatRatio(control),
      item.agreement.worst.toExponential(1),
    ]);
  }
  return table.toString();
}

/** One line. */
export function printLeftOut({ row, peer, reason }: LeftOut): string {
  return `left out: ${row} against ${peer}: ${reason.replaceAll(/\s*\n\s*/g, ' ')}`;
}

export function printStartUp({ pairs, oursMs, peerMs, ratio, label }: StartUpResult): string {
  return `start-up, one picture (${label}), ${pairs} pairs of processes: strata classify ${oursMs.toFixed(0)} ms, bare script ${peerMs.toFixed(0)} ms, ratio ${formatRatio(ratio)}`;
}
