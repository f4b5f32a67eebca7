import type { DeviceReport } from '@strata/core';
import { type CheckResult, formatShare } from '@strata/trials';
import { type Absent, nameTarget, type Runtime } from '../targets.js';
import type { Candidate } from './choose-targets.js';

/** How one device did on one subject. */
export interface Row extends CheckResult {
  readonly runtime: Runtime;
}

/** What one device did in a run. */
export interface Column {
  /** `backend/device`, with its runtime outside Node. */
  readonly name: string;
  readonly report: DeviceReport;
  readonly results: readonly Row[];
}

/** A run as a Markdown page: subject × device with trials and worst share, gaps and absent devices with reasons. */
export function formatPage(
  columns: readonly Column[],
  absent: readonly Absent<Candidate>[],
  { date, node, words }: { readonly date: Date; readonly node: string; readonly words: string },
): string {
  const subjects = [...new Set(columns.flatMap(({ results }) => results.map(({ op }) => op)))];
  const isLaw = (subject: string) => subject.startsWith('law: ');
  const gaps = columns.flatMap(({ name, results }) =>
    results.flatMap(({ op, gaps: found }) =>
      found.map(({ reason, trials }) => `- ${name}, ${op}: ${trials} trials refused: ${reason}`),
    ),
  );
  return [
    '# Conformance',
    '',
    `Made by \`npm run conformance -- ${words}\` on ${date.toISOString().slice(0, 10)}, Node ${node}. What the bounds mean is in [numerics.md](../numerics.md).`,
    '',
    'Each cell: trials that ran on the device and were compared with the float64 reference, and the worst error among them as a share of its tolerance. Above 1 is a failure; 0 is exact.',
    '',
    '## Ops, random graphs, official cases, precision',
    '',
    ...table(
      columns,
      subjects.filter((subject) => !isLaw(subject)),
    ),
    '',
    '## Laws',
    '',
    "Equations between two computations on the device; the tolerance is the sum of both sides'.",
    '',
    ...table(columns, subjects.filter(isLaw)),
    '',
    '## Gaps',
    '',
    ...(gaps.length === 0 ? ['None: no device refused a trial.'] : gaps),
    '',
    '## Devices',
    '',
    ...columns.map(({ name, report }) => `- ${name}: ${describeReport(report)}`),
    ...absent.map(({ target, reason }) => `- ${nameTarget(target)}: not checked: ${reason}`),
    '',
  ].join('\n');
}

function table(columns: readonly Column[], subjects: readonly string[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['', ...columns.map(({ name }) => name)]),
    row(['---', ...columns.map(() => '---')]),
    ...subjects.map((subject) =>
      row([
        subject.replace('law: ', ''),
        ...columns.map(({ results }) => cell(results.find(({ op }) => op === subject))),
      ]),
    ),
  ];
}

function cell(result: CheckResult | undefined): string {
  if (result === undefined) return '–';
  const { checked, worst, failed } = result;
  return `${checked}: ${formatShare(worst)}${failed > 0 ? ' **failed**' : ''}`;
}

function describeReport({ library, adapter, threads, software, precision, convolution }: DeviceReport): string {
  const parts = [
    `${library.name} ${library.version}`,
    adapter,
    threads === undefined ? undefined : `${threads} thread${threads === 1 ? '' : 's'}`,
    software ? 'software renderer' : undefined,
    precision,
    `convolution: ${convolution}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
