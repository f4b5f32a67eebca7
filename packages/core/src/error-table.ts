/** What an error lists, a row for each: tensors that do not fit, layers that a device cannot run. */
export interface ErrorTable {
  /** Titles. */
  readonly columns: readonly string[];
  /** Cells, in the order of the titles; the most telling rows first. */
  readonly rows: readonly (readonly string[])[];
}

/** Rows that are shown of a table. */
export const shownRows = 20;

/**
 * The table as lines of text, columns two blanks apart, at most `most` rows and then `… and 37 more`. It stands behind the
 * first line of an error's `message`.
 */
export function formatErrorTable({ columns, rows }: ErrorTable, most = shownRows): string {
  const shown = [columns, ...rows.slice(0, most)];
  const widths = columns.map((_, column) => Math.max(...shown.map((row) => [...row[column]].length)));
  const lines = shown.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column]))
      .join('  ')
      .trimEnd(),
  );
  const more = rows.length - most;
  return (more > 0 ? [...lines, `… and ${more} more`] : lines).join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - [...cell].length);
}

/** All rows, those first that a short table should show: of each group as many, as far as it has them. */
export function orderRows<T>(groups: readonly (readonly T[])[], most = shownRows): T[] {
  const share = groups.map(() => 0);
  for (let left = most, moved = true; left > 0 && moved; ) {
    moved = false;
    for (const [index, group] of groups.entries()) {
      if (left === 0 || share[index] >= group.length) continue;
      share[index]++;
      left--;
      moved = true;
    }
  }
  return [
    ...groups.flatMap((group, index) => group.slice(0, share[index])),
    ...groups.flatMap((group, index) => group.slice(share[index])),
  ];
}

/** A text on one line, and short enough to print: a tensor in a file may have any name. */
export function printable(text: string): string {
  const short = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(short) ? JSON.stringify(short) : short;
}
