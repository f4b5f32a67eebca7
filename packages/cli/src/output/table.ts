import Table from 'cli-table3';
import { type Colours, coloursFor, type Io } from '../io.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Rows of text under titles, columns two spaces apart, no lines: easy to read, to copy and to cut. */
export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[], io: Io): void {
  const { bold }: Colours = coloursFor(io.stdout, io);
  const table = new Table({
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map(({ align }) => align ?? 'left'),
  });
  table.push(
    columns.map(({ title }) => bold(title)),
    ...rows.map((row) => [...row]),
  );
  const lines = table.toString().split('\n');
  io.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
}

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
